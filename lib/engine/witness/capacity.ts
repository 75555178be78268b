import { CapacityRow, HostAtEnd, deviceKey, formatPciId, isCapacity, isUsable } from "../../model";

/** What the worst failure leaves of the devices, by `deviceKey`. */
export interface AfterFailure {
  readonly free: ReadonlySet<string>;
  /** Free, but matching no victim. */
  readonly stranded: ReadonlySet<string>;
}

/** F5: one row for each vendor:device id and label that has capacity, sorted by id, then label. */
export function capacityRows(hosts: readonly HostAtEnd[], after: AfterFailure | undefined): CapacityRow[] {
  const rows = new Map<string, { id: string; label?: string; total: number; used: number; free: number; left: number; stranded: number }>();
  for (const host of hosts.filter(isUsable)) {
    for (const device of host.devices) {
      if (!isCapacity(device) && !device.holder) continue;
      const { vendor, device: model } = device.id;
      const id = formatPciId({ vendor, device: model });
      const key = `${id} ${device.label ?? ""}`;
      const row = rows.get(key) ?? {
        id,
        ...(device.label === undefined ? {} : { label: device.label }),
        total: 0,
        used: 0,
        free: 0,
        left: 0,
        stranded: 0,
      };
      rows.set(key, row);
      row.total++;
      if (device.holder) row.used++;
      else row.free++;
      if (after?.free.has(deviceKey(host.name, device.address))) row.left++;
      if (after?.stranded.has(deviceKey(host.name, device.address))) row.stranded++;
    }
  }
  const sorted = [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([, { left, ...row }]) => {
    const { stranded, ...rest } = row;
    return after ? { ...rest, freeAfterWorstFailure: left, stranded } : rest;
  });
}

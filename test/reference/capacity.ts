import { CapacityRow, formatPciId, isUsable } from "../../lib/model";
import { Problem } from "./problem";
import { State } from "./state";

/** F5, the part that is about the succeeding sequence: every device that is capacity, by vendor:device and label. */
export function capacityOf(
  { hosts, devices }: Problem,
  state: State,
): readonly Pick<CapacityRow, "id" | "label" | "total" | "used" | "free">[] {
  const rows = new Map<string, { id: string; label?: string; total: number; used: number; free: number }>();
  devices.forEach(({ host, address }, index) => {
    const declared = hosts[host]!.devices.find((device) => device.address === address)!;
    const { label, state: passthrough } = state.devices[index]!;
    if (!isUsable(hosts[host]!) || passthrough !== "active" || !declared.healthy || declared.reserved !== undefined) return;
    const id = formatPciId({ vendor: declared.id.vendor, device: declared.id.device });
    const row = rows.get(`${id} ${label ?? ""}`) ?? { id, ...(label === undefined ? {} : { label }), total: 0, used: 0, free: 0 };
    const isHeld = state.at.some((place) => place && (place.held & (1 << index)) !== 0);
    rows.set(`${id} ${label ?? ""}`, { ...row, total: row.total + 1, used: row.used + Number(isHeld), free: row.free + Number(!isHeld) });
  });
  return [...rows.keys()].sort().map((key) => rows.get(key)!);
}

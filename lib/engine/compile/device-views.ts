import { Device, Host, PciAddress } from "../../model";
import { DeviceEvent } from "./device-events";
import { Holders } from "./holders";
import { Job } from "./job";
import { Mask, RequestTable } from "./requests";
import { Waiting } from "./waiting";

/** What a device is to the requests in play, before and after the device event that is still open. */
export interface DeviceView {
  readonly device: Device;
  readonly before: Mask;
  readonly after: Mask;
  /** The open event. */
  readonly event?: DeviceEvent;
  /** Some VM holds it when the batch starts. */
  readonly held: boolean;
  /** Devices with equal keys can't be told apart. */
  readonly key: string;
}

export interface DeviceViews {
  /** By host name, then in the order of the host's devices. */
  readonly byHost: ReadonlyMap<string, readonly DeviceView[]>;
  /** The device events that have to take their place among the steps. */
  readonly open: readonly DeviceEvent[];
}

/**
 * Applies the device events whose moment can't matter, and leaves the others open. The moment matters if a VM that does not
 * wait for the event asks for something that the device matches only before or only after it.
 */
export function deviceViews(
  hosts: readonly Host[],
  events: readonly DeviceEvent[],
  jobs: readonly Job[],
  table: RequestTable,
  holders: Holders,
): DeviceViews {
  const eventsOn = byHostAndAddress(events);
  const waiting = new Waiting(events, jobs, table);
  const open: DeviceEvent[] = [];
  const viewOf = (
    host: Host,
    device: Device,
    event: DeviceEvent | undefined,
    holder: "for-good" | "until-released" | undefined,
  ): DeviceView => {
    const before = table.mask(host, device, device);
    const held = holder !== undefined;
    if (!event) return { device, before, after: before, held, key: before.key };
    const { label, passthrough } = event.changed;
    const disables = passthrough === "disabled";
    if (disables && holder === "for-good") return { device, before, after: before, held, key: before.key };
    const { label: _, ...unlabelled } = device;
    const changed: Device = { ...unlabelled, passthrough, ...(label === undefined ? {} : { label }) };
    const after = table.mask(host, device, changed);
    if (!(disables && held) && !waiting.matters(event, before, after))
      return { device: changed, before: after, after, held, key: after.key };
    open.push(event);
    return { device, before, after, event, held, key: JSON.stringify([before.key, after.key, event.id]) };
  };
  const byHost = new Map<string, readonly DeviceView[]>();
  for (const host of hosts) {
    const changing = eventsOn.get(host.name);
    const held = holders.get(host.name);
    byHost.set(
      host.name,
      host.devices.map((device) => viewOf(host, device, changing?.get(device.address), held?.get(device.address))),
    );
  }
  return { byHost, open };
}

function byHostAndAddress(events: readonly DeviceEvent[]): ReadonlyMap<string, ReadonlyMap<PciAddress, DeviceEvent>> {
  const table = new Map<string, Map<PciAddress, DeviceEvent>>();
  for (const event of events) {
    const onHost = table.get(event.host) ?? new Map<PciAddress, DeviceEvent>();
    table.set(event.host, onHost.set(event.device.address, event));
  }
  return table;
}

import { Device, Host } from "../../model";
import { Job } from "./job";
import { DeviceEvent } from "./device-events";
import { RequestTable, maskKey } from "./requests";

/** What a device is to the requests in play, before and after the device event that is still open. */
export interface Face {
  readonly device: Device;
  readonly before: readonly boolean[];
  readonly after: readonly boolean[];
  /** The open event. */
  readonly event?: DeviceEvent;
  /** Devices with equal keys can't be told apart. */
  readonly key: string;
}

export interface Faces {
  /** By host name, then in the order of the host's devices. */
  readonly byHost: ReadonlyMap<string, readonly Face[]>;
  /** The device events that have to take their place among the steps. */
  readonly open: readonly DeviceEvent[];
}

/**
 * Applies the device events whose moment can't matter, and leaves the others open. The moment matters if a VM that does not
 * wait for the event asks for something that the device matches only before or only after it.
 */
export function facesOf(
  hosts: readonly Host[],
  events: readonly DeviceEvent[],
  jobs: readonly Job[],
  table: RequestTable,
  holders: ReadonlyMap<string, "for-good" | "until-released">,
): Faces {
  const byDevice = new Map(events.map((event) => [`${event.host} ${event.device.address}`, event] as const));
  const open: DeviceEvent[] = [];
  const faceOf = (host: Host, device: Device): Face => {
    const before = table.mask(host, device, device);
    const event = byDevice.get(`${host.name} ${device.address}`);
    if (!event) return plainFace(device, before);
    const { label, passthrough } = event.changed;
    const holder = passthrough === "disabled" ? holders.get(`${host.name} ${device.address}`) : undefined;
    if (holder === "for-good") return plainFace(device, before);
    const { label: _, ...unlabelled } = device;
    const changed: Device = { ...unlabelled, passthrough, ...(label === undefined ? {} : { label }) };
    const after = table.mask(host, device, changed);
    if (holder === undefined && !matters(event, before, after, jobs, table)) return plainFace(changed, after);
    open.push(event);
    return { device, before, after, event, key: JSON.stringify([maskKey(before), maskKey(after), event.id]) };
  };
  const byHost = new Map(hosts.map((host) => [host.name, host.devices.map((device) => faceOf(host, device))]));
  return { byHost, open };
}

function plainFace(device: Device, mask: readonly boolean[]): Face {
  return { device, before: mask, after: mask, key: maskKey(mask) };
}

function matters({ id }: DeviceEvent, before: readonly boolean[], after: readonly boolean[], jobs: readonly Job[], table: RequestTable): boolean {
  const differing = new Set(before.flatMap((bit, request) => (bit === after[request] ? [] : [request])));
  if (differing.size === 0) return false;
  const waits = (job: Job): boolean => job.after.includes(id) || job.afterStacks.includes(id);
  return jobs.some((job) => job.spec && !waits(job) && table.of(job.spec).some((request) => differing.has(request)));
}

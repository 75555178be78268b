import { Device, DynamicRequest, Host, PciId, SUB_IDS, isCapacity, matchesId, matchingSize, pickRequests } from "../../model";
import { Batch } from "./batch";
import { mayHold } from "./identity";
import { matches } from "../constraints/matching";

/** The most consistent assignments that are judged one by one. */
const MOST_ASSIGNMENTS = 512;

export interface Assignments {
  /** The cluster's hosts, once for each way the undeclared ids may be; one entry where nothing is open. */
  readonly hosts: readonly (readonly Host[])[];
  /** Requests that hang on what is not declared, for the report. */
  readonly open: readonly { readonly vm: string; readonly host: string; readonly device: Device }[];
}

/**
 * M4: every consistent assignment of the sub-ids and revisions that requests name and the inventory does not declare.
 * Independent for each device, but satisfying the VM that holds it. Undefined where there are too many.
 */
export function assignments(batch: Batch): Assignments | undefined {
  const { hosts } = batch.cluster;
  const specs = [...batch.jobs.flatMap(({ spec }) => spec ?? []), ...batch.occupants.map(({ spec }) => spec)];
  const requests = specs.flatMap((spec) =>
    // What names one device names no sub-id.
    pickRequests(spec.requests, { dynamic: true, static: false }).map((request) => ({ vm: spec.id, request })),
  );
  const naming = requests.filter(({ request }) => request.allowed.some((id) => SUB_IDS.some((field) => id[field] !== undefined)));
  if (naming.length === 0) return { hosts: [hosts], open: [] };
  const open: Assignments["open"][number][] = [];
  let worlds: (readonly Host[])[] = [hosts];
  const distinct = distinctRequests(naming.map(({ request }) => request));
  for (const host of hosts) {
    for (const device of host.devices) {
      const undecided = naming.filter(({ request }) => matches(request, asCapacity(device)) === undefined);
      if (undecided.length === 0) continue;
      open.push({ vm: undecided[0]!.vm, host: host.name, device });
      const completions = completionsOf(device, distinct);
      worlds = worlds.flatMap((world) => completions.map((id) => withId(world, host, device, id)));
      if (worlds.length > MOST_ASSIGNMENTS) return undefined;
    }
  }
  const consistent = worlds.filter((world) => batch.occupants.every((occupant) => !occupant.asked || satisfies(occupant, world)));
  return { hosts: consistent.length > 0 ? consistent : [hosts], open };
}

/** A device event may make capacity of it, so its present state does not count. */
function asCapacity(device: Device): Device {
  if (isCapacity(device)) return device;
  const { reserved: _, ...rest } = device;
  return { ...rest, passthrough: "active", healthy: true };
}

function distinctRequests(requests: readonly DynamicRequest[]): DynamicRequest[] {
  return [...new Map(requests.map((request) => [JSON.stringify(request.allowed), request])).values()];
}

/** The ids a device may have, one for each way of matching the requests. */
function completionsOf(device: Device, requests: readonly DynamicRequest[]): PciId[] {
  const values = (field: (typeof SUB_IDS)[number]): number[] => {
    const declared = device.id[field];
    if (declared !== undefined) return [declared];
    const named = requests.flatMap(({ allowed }) => allowed.flatMap((id) => id[field] ?? []));
    return [...new Set([...named, OTHER])];
  };
  const complete = (ids: readonly PciId[], field: (typeof SUB_IDS)[number]): PciId[] =>
    ids.flatMap((id) => values(field).map((value) => ({ ...id, [field]: value })));
  const byMatch = new Map<string, PciId>();
  for (const id of SUB_IDS.reduce(complete, [device.id])) {
    const key = requests.map(({ allowed }) => matchesId(allowed, id) === true).join();
    if (!byMatch.has(key)) byMatch.set(key, id);
  }
  return [...byMatch.values()];
}

/** Stands for every value that no request names. */
const OTHER = -1;

function withId(hosts: readonly Host[], host: Host, device: Device, id: PciId): readonly Host[] {
  return hosts.map((other) =>
    other.name === host.name
      ? { ...other, devices: other.devices.map((entry) => (entry.address === device.address ? { ...entry, id } : entry)) }
      : other,
  );
}

/** Whether what a running VM holds can be what it asked for. */
function satisfies({ vm, spec }: Batch["occupants"][number], hosts: readonly Host[]): boolean {
  const held = (hosts.find(({ name }) => name === vm.host)?.devices ?? []).filter(({ address }) => vm.devices.includes(address));
  if (held.length !== spec.requests.length) return true;
  return matchingSize(spec.requests, held, mayHold) === held.length;
}

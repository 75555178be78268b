import { Device, Host, isUsable } from "../../model";
import { Classes, HeldVm } from "./classes";
import { Face, Faces } from "./faces";
import { Binding } from "./needs";
import { DeviceGroup, HostKind, Occupancy, Slot } from "../problem";

export interface Kinds {
  readonly slots: readonly Slot[];
  readonly kinds: readonly HostKind[];
  /** By host and device event: the device group that the event changes. */
  readonly groupOfEvent: ReadonlyMap<string, { readonly slot: number; readonly group: number }>;
}

/** Puts hosts into kinds: those of a kind can change places in any sequence. */
export function kindsOf(
  hosts: readonly Host[],
  faces: Faces,
  classes: Classes,
  occupants: readonly HeldVm[],
  { binding, faultDomains }: { readonly binding: Binding; readonly faultDomains: boolean },
): Kinds {
  const kinds = new Map<string, { readonly kind: HostKind; readonly members: { host: Host; groups: readonly Grouped[]; occupants: readonly Occupancy[] }[] }>();
  const sorted = [...hosts].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const host of sorted) {
    const groups = groupsOf(faces.byHost.get(host.name) ?? []);
    const here = occupants.flatMap((held, index): Occupancy[] =>
      held.host === host.name
        ? [{ class: classes.ofOccupant[index]!, vm: held.spec, devices: held.faces.map(({ device }) => device) }]
        : [],
    );
    const fields = {
      ...(faultDomains && host.faultDomain !== undefined ? { faultDomain: host.faultDomain } : {}),
      usable: isUsable(host),
      failover: host.failover,
      cpuMhz: binding.cpu ? host.cpuMhz : 0,
      memoryMb: binding.memory ? host.memoryMb : 0,
      mayPowerOn: classes.list.map(({ mayPowerOn }) => mayPowerOn.has(host.name)),
      mayRestart: classes.list.map(({ mayRestart }) => mayRestart.has(host.name)),
    };
    const populated = here.filter(({ class: index }) => !classes.list[index]!.vmClass.weightless).map(({ class: index }) => index);
    const key = JSON.stringify([fields, groups.map(({ key: face, devices }) => [face, devices.length]), populated.sort((a, b) => a - b)]);
    let entry = kinds.get(key);
    if (!entry) {
      entry = { kind: { index: kinds.size, ...fields, groups: groups.map(({ group }) => group) }, members: [] };
      kinds.set(key, entry);
    }
    entry.members.push({ host, groups, occupants: here });
  }
  const slots: Slot[] = [];
  const groupOfEvent = new Map<string, { slot: number; group: number }>();
  for (const { kind, members } of kinds.values()) {
    for (const { host, groups, occupants: here } of members) {
      groups.forEach(({ event }, group) => event !== undefined && groupOfEvent.set(event, { slot: slots.length, group }));
      slots.push({ kind: kind.index, host, devices: groups.map(({ devices }) => devices), occupants: here });
    }
  }
  return { slots, kinds: [...kinds.values()].map(({ kind }) => kind), groupOfEvent };
}

interface Grouped {
  readonly key: string;
  readonly group: DeviceGroup;
  readonly devices: readonly Device[];
  readonly event?: string;
}

/** The host's devices that some request may have, in groups of equal ones, in the order of the groups' keys. */
function groupsOf(faces: readonly Face[]): Grouped[] {
  const byKey = new Map<string, Face[]>();
  for (const face of faces) {
    if (!face.before.includes(true) && !face.after.includes(true) && !face.event) continue;
    byKey.set(face.key, [...(byKey.get(face.key) ?? []), face]);
  }
  const sorted = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([key, members]) => {
    const { before, after, event } = members[0]!;
    const devices = members.map(({ device }) => device).sort((a, b) => (a.address < b.address ? -1 : 1));
    const group = { size: devices.length, before, after, hasEvent: event !== undefined, disables: event?.changed.passthrough === "disabled" };
    return { key, group, devices, ...(event ? { event: event.id } : {}) };
  });
}

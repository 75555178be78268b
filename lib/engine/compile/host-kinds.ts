import { Device, Host, isUsable } from "../../model";
import { Classes, HeldVm } from "./classes";
import { DeviceView, DeviceViews } from "./device-views";
import { ListIds } from "./list-ids";
import { Binding, capacitiesOf } from "./needs";
import { DeviceGroup, HostKind, HostTraits, Occupancy, Slot } from "./problem";

export interface Kinds {
  readonly slots: readonly Slot[];
  readonly kinds: readonly HostKind[];
  /** By host and device event: the device group that the event changes. */
  readonly groupOfEvent: ReadonlyMap<string, { readonly slot: number; readonly group: number }>;
}

interface Member {
  readonly host: Host;
  readonly groups: readonly Grouped[];
  readonly occupants: readonly Occupancy[];
}

/** Puts hosts into kinds: those of a kind can change places in any sequence. */
export function kindsOf(
  hosts: readonly Host[],
  views: DeviceViews,
  classes: Classes,
  occupants: readonly HeldVm[],
  asked: { readonly binding: Binding; readonly faultDomains: boolean },
): Kinds {
  const keys = new ListIds();
  const kinds: { readonly kind: HostKind; readonly members: Member[] }[] = [];
  const allowing = [...new Set(classes.list.flatMap(({ mayPowerOn, mayRestart }) => [mayPowerOn, mayRestart]))];
  const onHost = occupantsByHost(occupants, classes);
  const sorted = [...hosts].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const host of sorted) {
    const groups = groupsOf(views.byHost.get(host.name) ?? []);
    const here = onHost.get(host.name) ?? [];
    const traits = traitsOf(host, asked);
    const populated = here.filter(({ class: index }) => !classes.list[index]!.vmClass.weightless).map(({ class: index }) => index);
    const index = keys.ofRecord({
      ...traits,
      allowing: allowing.map((set) => set.has(host.name)),
      groups: groups.flatMap(({ key, devices }) => [key, devices.length]),
      populated: populated.sort((a, b) => a - b),
    });
    kinds[index] ??= { kind: { index, ...traits, ...allowedOn(host, classes), groups: groups.map(({ group }) => group) }, members: [] };
    kinds[index].members.push({ host, groups, occupants: here });
  }
  const slots: Slot[] = [];
  const groupOfEvent = new Map<string, { slot: number; group: number }>();
  for (const { kind, members } of kinds) {
    for (const { host, groups, occupants: here } of members) {
      groups.forEach(({ event }, group) => event !== undefined && groupOfEvent.set(event, { slot: slots.length, group }));
      slots.push({ kind: kind.index, host, devices: groups.map(({ devices }) => devices), occupants: here });
    }
  }
  return { slots, kinds: kinds.map(({ kind }) => kind), groupOfEvent };
}

function traitsOf(host: Host, { binding, faultDomains }: Parameters<typeof kindsOf>[4]): HostTraits {
  return {
    faultDomain: faultDomains ? host.faultDomain : undefined,
    usable: isUsable(host),
    failover: host.failover,
    ...capacitiesOf(host, binding),
  };
}

function allowedOn({ name }: Host, { list }: Classes): Pick<HostKind, "mayPowerOn" | "mayRestart"> {
  return {
    mayPowerOn: list.map(({ mayPowerOn }) => mayPowerOn.has(name)),
    mayRestart: list.map(({ mayRestart }) => mayRestart.has(name)),
  };
}

function occupantsByHost(occupants: readonly HeldVm[], { ofOccupant }: Classes): ReadonlyMap<string, readonly Occupancy[]> {
  const onHost = new Map<string, Occupancy[]>();
  occupants.forEach(({ host, spec, views }, index) => {
    const occupancy = { class: ofOccupant[index]!, vm: spec, devices: views.map(({ device }) => device) };
    const others = onHost.get(host);
    if (others) others.push(occupancy);
    else onHost.set(host, [occupancy]);
  });
  return onHost;
}

interface Grouped {
  readonly key: string;
  readonly group: DeviceGroup;
  readonly devices: readonly Device[];
  readonly event?: string;
}

/** The host's devices that some request may have, in groups of equal ones, in the order of the groups' keys. */
function groupsOf(views: readonly DeviceView[]): Grouped[] {
  const keys = new ListIds();
  const alike: DeviceView[][] = [];
  for (const view of views) {
    if (view.before.any || view.after.any || view.event) (alike[keys.of([view.key])] ??= []).push(view);
  }
  const sorted = alike.sort(([a], [b]) => (a!.key < b!.key ? -1 : a!.key > b!.key ? 1 : 0));
  return sorted.map((members) => {
    const { before, after, event, key } = members[0]!;
    const devices = members.map(({ device }) => device).sort((a, b) => (a.address < b.address ? -1 : 1));
    const disables = event?.changed.passthrough === "disabled";
    const group = { size: devices.length, before: before.bits, after: after.bits, hasEvent: event !== undefined, disables };
    return { key, group, devices, ...(event ? { event: event.id } : {}) };
  });
}

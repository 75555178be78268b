import { DeviceGroup, HostKind, Problem, VmClass, ruleRefuses } from "../compile/problem";
import { HostState } from "../compile/host-state";

/** A way to put a VM on a host: how many devices it takes of each group, and what is left. */
export interface Option {
  readonly take: readonly number[];
  readonly next: HostState;
}

/** The host's side of the transition: what fits, as tables that fill up while they are asked. */
export class HostStates {
  private readonly byKey = new Map<string, HostState>();
  private readonly options = new Map<number, readonly Option[]>();
  private readonly all: HostState[] = [];

  constructor(private readonly problem: Problem) {}

  /** The state in which the batch finds a host. */
  initial(slotIndex: number): HostState {
    const slot = this.problem.slots[slotIndex]!;
    const here = slot.occupants.filter(({ class: index }) => !this.problem.classes[index]!.weightless);
    const heldDevices = new Set(slot.occupants.flatMap(({ devices }) => devices));
    return this.intern({
      kind: slot.kind,
      free: slot.devices.map((devices) => devices.filter((device) => !heldDevices.has(device)).length),
      usedCpuMhz: sum(here.map(({ class: index }) => this.problem.classes[index]!.cpuMhz)),
      usedMemoryMb: sum(here.map(({ class: index }) => this.problem.classes[index]!.memoryMb)),
      members: here.map(({ class: index }) => index).sort(ascending),
      changed: slot.devices.map(() => false),
    });
  }

  byId(id: number): HostState {
    return this.all[id]!;
  }

  /** Every way to put a VM of the class here; none: it does not fit. Which hosts allow it at all is the caller's question. */
  fits(state: HostState, vmClass: VmClass, restart: boolean): readonly Option[] {
    const key = (state.id * this.problem.classes.length + vmClass.index) * 2 + (restart ? 1 : 0);
    let options = this.options.get(key);
    if (!options) {
      options = this.findOptions(state, vmClass, restart);
      this.options.set(key, options);
    }
    return options;
  }

  private findOptions(state: HostState, vmClass: VmClass, restart: boolean): Option[] {
    return this.takes(state, vmClass, restart).map((take) => ({ take, next: this.afterTaking(state, vmClass, take, restart) }));
  }

  /** How many devices of each group a VM of the class may take here, every way; none: it does not fit. */
  takes(state: HostState, vmClass: VmClass, restart: boolean): readonly (readonly number[])[] {
    const kind = this.problem.kinds[state.kind]!;
    if (state.usedCpuMhz + vmClass.cpuMhz > kind.cpuMhz || state.usedMemoryMb + vmClass.memoryMb > kind.memoryMb) return [];
    return this.isSeparated(state, vmClass, restart) ? [] : waysToTake(vmClass.requests, state, kind);
  }

  private isSeparated({ members }: HostState, vmClass: VmClass, restart: boolean): boolean {
    return vmClass.rules.some((rule) => {
      const { type, atPowerOn } = this.problem.rules[rule]!;
      return type === "separate" && (restart || atPowerOn) && ruleRefuses(this.problem, rule, vmClass, members, () => []);
    });
  }

  /** The host as a restart sees it: without rules and moves, who is on it can't matter any more. */
  forRestart(state: HostState): HostState {
    return this.membersMatter() || state.members.length === 0 ? state : this.intern({ ...state, members: [] });
  }

  private membersMatter(): boolean {
    return this.problem.rules.length > 0 || this.problem.defrag;
  }

  private afterTaking(state: HostState, vmClass: VmClass, take: readonly number[], restart: boolean): HostState {
    const anonymous = restart && !this.membersMatter();
    return this.intern({
      ...state,
      free: state.free.map((count, group) => count - take[group]!),
      usedCpuMhz: state.usedCpuMhz + vmClass.cpuMhz,
      usedMemoryMb: state.usedMemoryMb + vmClass.memoryMb,
      members: anonymous ? state.members : [...state.members, vmClass.index].sort(ascending),
    });
  }

  /** The host once the occupant of a class of its own is off. */
  release(state: HostState, vmClass: VmClass, held: readonly number[]): HostState {
    const members = [...state.members];
    const at = members.indexOf(vmClass.index);
    if (at >= 0) members.splice(at, 1);
    return this.intern({
      ...state,
      free: state.free.map((count, group) => count + held[group]!),
      usedCpuMhz: state.usedCpuMhz - (at >= 0 ? vmClass.cpuMhz : 0),
      usedMemoryMb: state.usedMemoryMb - (at >= 0 ? vmClass.memoryMb : 0),
      members,
    });
  }

  /** The host once a device event was tried: disabling a held device is refused and changes nothing (O6). */
  change(state: HostState, group: number): HostState {
    const { disables } = this.problem.kinds[state.kind]!.groups[group]!;
    if (disables && state.free[group] === 0) return state;
    return this.intern({ ...state, changed: state.changed.map((done, index) => done || index === group) });
  }

  private intern(state: Omit<HostState, "id">): HostState {
    const key = [
      state.kind,
      state.free.join(","),
      state.members.join(","),
      state.changed.map((done) => (done ? 1 : 0)).join(""),
      state.usedCpuMhz,
      state.usedMemoryMb,
    ].join("|");
    let known = this.byKey.get(key);
    if (!known) {
      known = { ...state, id: this.all.length };
      this.all.push(known);
      this.byKey.set(key, known);
    }
    return known;
  }
}

/** Whether the request may have a device of the group now. */
export function groupMatches(group: DeviceGroup, changed: boolean, request: number): boolean {
  return (changed ? group.after : group.before)[request]!;
}

/** Every way to satisfy the requests from the free devices: how many of each group, each way once (M6). */
function waysToTake(requests: readonly number[], state: HostState, kind: HostKind): number[][] {
  if (requests.length === 0) return [kind.groups.map(() => 0)];
  const found = new Map<string, number[]>();
  const free = [...state.free];
  const take = kind.groups.map(() => 0);
  const choose = (index: number, from: number): void => {
    if (index === requests.length) {
      found.set(take.join(","), [...take]);
      return;
    }
    const request = requests[index]!;
    // Equal requests stand side by side: taking groups in rising order among them leaves out what differs by order only.
    const start = index > 0 && requests[index - 1] === request ? from : 0;
    for (let group = start; group < kind.groups.length; group++) {
      if (free[group] === 0 || !groupMatches(kind.groups[group]!, state.changed[group]!, request)) continue;
      free[group]!--;
      take[group]!++;
      choose(index + 1, group);
      free[group]!++;
      take[group]!--;
    }
  };
  choose(0, 0);
  return [...found.values()];
}

function ascending(a: number, b: number): number {
  return a - b;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

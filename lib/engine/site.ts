import { Device, Placement, Refusal, Step } from "../model";
import { hostRefusals } from "./eligibility";
import { groupMatches } from "./host-states";
import { InForce } from "./compile/in-force";
import { firstDevices, matchingSize } from "./matching";
import { Problem, StepClass, VmClass } from "./problem";
import { Outcome, State, Transition } from "./transition";
import { VmSpec, memoryNeedMb } from "./vm";

/** One device in its group. */
interface Held {
  readonly device: Device;
  readonly group: number;
}

interface Place {
  readonly slot: number;
  readonly held: readonly Held[];
  readonly running: boolean;
}

/** Who is where with which devices: a state with names, for sequences that a person can follow. */
export class Site {
  private current: State;
  private readonly placed = new Map<VmSpec, Place>();
  /** By slot. */
  private readonly usedMemoryMb: number[];
  private readonly heldDevices: readonly Set<Device>[];
  private readonly done: number[];
  /** Open device changes, by id: those that took effect, and those that were refused because the device was held. */
  readonly changed = new Set<string>();
  readonly refused = new Set<string>();
  private readonly problem: Problem;

  constructor(
    private readonly transition: Transition,
    private readonly inForce: InForce,
  ) {
    this.problem = transition.problem;
    this.current = transition.initial();
    this.done = this.problem.steps.map(() => 0);
    this.usedMemoryMb = this.problem.slots.map(() => 0);
    this.heldDevices = this.problem.slots.map(() => new Set());
    this.problem.slots.forEach(({ occupants, devices }, slot) => {
      for (const { vm, devices: own } of occupants) {
        const held = devices.flatMap((group, index) => group.filter((device) => own.includes(device)).map((device) => ({ device, group: index })));
        const elsewhere = own.filter((device) => !held.some((entry) => entry.device === device)).map((device) => ({ device, group: -1 }));
        this.put(vm, { slot, held: [...held, ...elsewhere], running: true });
      }
    });
  }

  get state(): State {
    return this.current;
  }

  /** Carries out an outcome and tells it as the report does. */
  perform(step: StepClass, outcome: Outcome): Step {
    const id = this.idOf(step);
    if (step.kind === "power-on") return outcome.worked ? this.powerOn(step, outcome, id) : this.fail(step, outcome, id);
    this.done[step.index]!++;
    const before = this.current.hosts[step.slot!];
    this.current = outcome.state;
    if (step.kind === "set-device") (before === outcome.state.hosts[step.slot!] ? this.refused : this.changed).add(id);
    const { host, devices } = this.problem.slots[step.slot!]!;
    if (step.kind === "set-device") {
      return { action: "set-device", vm: id, host: host.name, devices: devices[step.group!]!.map(({ address }) => address) };
    }
    const vm = this.problem.classes[step.vmClass!]!.spec;
    return { action: step.action!, vm: id, host: host.name, devices: addresses(this.remove(vm)) };
  }

  private put(vm: VmSpec, place: Place): void {
    this.placed.set(vm, place);
    this.usedMemoryMb[place.slot]! += memoryNeedMb(vm);
    for (const { device } of place.held) this.heldDevices[place.slot]!.add(device);
  }

  private remove(vm: VmSpec): readonly Held[] {
    const place = this.placed.get(vm);
    if (!place) return [];
    this.placed.delete(vm);
    this.usedMemoryMb[place.slot]! -= memoryNeedMb(vm);
    for (const { device } of place.held) this.heldDevices[place.slot]!.delete(device);
    return place.held;
  }

  private powerOn(step: StepClass, outcome: Outcome, id: string): Step {
    const vmClass = this.problem.classes[step.vmClass!]!;
    const slot = outcome.slot ?? this.bestSlot(vmClass, this.allowedSlots(vmClass));
    const held = this.lowest(slot, outcome.take ?? []);
    this.put(vmClass.members[this.done[step.index]!]!, { slot, held, running: false });
    this.done[step.index]!++;
    this.current = outcome.state;
    return { action: "power-on", vm: id, host: this.problem.slots[slot]!.host.name, devices: addresses(held) };
  }

  private fail(step: StepClass, outcome: Outcome, id: string): Step {
    const vmClass = this.problem.classes[step.vmClass!]!;
    const fixed = vmClass.fixedHost ? this.fixedSlot(vmClass, outcome) : undefined;
    const slots = fixed === undefined ? this.problem.slots.map((_, slot) => slot) : [fixed];
    const refused = this.refusals(vmClass, slots);
    this.done[step.index]!++;
    this.current = outcome.state;
    const host = fixed === undefined ? {} : { host: this.problem.slots[fixed]!.host.name };
    return { action: "power-on", vm: id, ...host, refused };
  }

  /** P2: the host that was fixed before the power-on failed there. */
  private fixedSlot({ spec, index }: VmClass, { slot }: Outcome): number | undefined {
    const { slots, kinds } = this.problem;
    if (slot !== undefined) return slot;
    const found = slots.findIndex(({ host, kind }) => (spec.pin ? host.name === spec.pin.host : kinds[kind]!.mayPowerOn[index]));
    return found < 0 ? undefined : found;
  }

  /** Plan order where the class has several members. */
  private idOf(step: StepClass): string {
    return step.kind === "power-on" ? this.problem.classes[step.vmClass!]!.members[this.done[step.index]!]!.id : step.id;
  }

  /**
   * The power-on as DRS is assumed to spread: the eligible host with most free matching devices, then most free memory,
   * then by name; on it the devices with the lowest addresses. Undefined where no host can take the VM.
   */
  spread(step: StepClass): Outcome | undefined {
    const vmClass = this.problem.classes[step.vmClass!]!;
    if (vmClass.weightless) return this.transition.outcomes(this.current, step).find(({ worked }) => worked);
    if (this.transition.isRefusedEverywhere(this.current, vmClass)) return undefined;
    const eligible = this.allowedSlots(vmClass).filter((slot) => this.transition.hasRoom(this.current, slot, vmClass));
    if (eligible.length === 0) return undefined;
    const slot = this.bestSlot(vmClass, eligible);
    const groups = firstDevices(vmClass.requests, this.freeDevices(slot), (request, { group }) => this.matches(slot, group, request));
    const take = this.current.hosts[slot]!.free.map((_, group) => (groups ?? []).filter((held) => held.group === group).length);
    return this.transition.placing(this.current, step, slot, take);
  }

  private allowedSlots(vmClass: VmClass): number[] {
    return this.problem.slots.flatMap(({ kind }, slot) => (this.problem.kinds[kind]!.mayPowerOn[vmClass.index] ? [slot] : []));
  }

  private bestSlot(vmClass: VmClass, slots: readonly number[]): number {
    const matching = (slot: number): number =>
      this.current.hosts[slot]!.free.reduce(
        (sum, count, group) => sum + (vmClass.requests.some((request) => this.matches(slot, group, request)) ? count : 0),
        0,
      );
    const rows = slots.map((slot) => ({ slot, devices: matching(slot), memory: this.freeMemoryMb(slot), name: this.problem.slots[slot]!.host.name }));
    rows.sort((a, b) => b.devices - a.devices || b.memory - a.memory || (a.name < b.name ? -1 : 1));
    return rows[0]!.slot;
  }

  private freeMemoryMb(slot: number): number {
    return this.problem.slots[slot]!.host.memoryMb - this.usedMemoryMb[slot]!;
  }

  /** Free devices of a host that some request may have, by address. */
  private freeDevices(slot: number): Held[] {
    const held = this.heldDevices[slot]!;
    const all = this.problem.slots[slot]!.devices.flatMap((devices, group) => devices.map((device) => ({ device, group })));
    return all.filter(({ device }) => !held.has(device)).sort((a, b) => (a.device.address < b.device.address ? -1 : 1));
  }

  private lowest(slot: number, take: readonly number[]): Held[] {
    const free = this.freeDevices(slot);
    return take.flatMap((count, group) => free.filter((held) => held.group === group).slice(0, count));
  }

  private matches(slot: number, group: number, request: number): boolean {
    const { kind, changed } = this.current.hosts[slot]!;
    return groupMatches(this.problem.kinds[kind]!.groups[group]!, changed[group]!, request);
  }

  /** Every reason that keeps a VM of the class off each of the hosts now, and those that hold everywhere. */
  private refusals(vmClass: VmClass, slots: readonly number[]): Refusal[] {
    const everywhere: Refusal[] = [...vmClass.refused];
    if (this.transition.admissionRefuses(this.current, vmClass)) everywhere.push({ reason: "admission-control" });
    const shortage = this.transition.poolShortage(this.current, vmClass);
    if (shortage) {
      const { pool: name, requested, used, capacity } = shortage;
      everywhere.push({ reason: "resource-pool", name, requested, used, capacity });
    }
    const somewhere = slots.flatMap((slot) => this.refusalsAt(slot, vmClass));
    return [...everywhere, ...somewhere.sort((a, b) => (a.host! < b.host! ? -1 : a.host! > b.host! ? 1 : 0))];
  }

  private refusalsAt(slot: number, vmClass: VmClass): Refusal[] {
    const { host } = this.problem.slots[slot]!;
    const state = this.current.hosts[slot]!;
    const kind = this.problem.kinds[state.kind]!;
    const rules = this.inForce.hostRulesOf(vmClass.spec).map((rule) => this.inForce.hostRules[rule]!).filter(({ atPowerOn }) => atPowerOn);
    const refusals = hostRefusals(vmClass.spec, host, rules, false);
    if (refusals.length === 0 && !kind.mayPowerOn[vmClass.index]) refusals.push({ host: host.name, reason: "not-the-fixed-host" });
    const shortage = (reason: Refusal["reason"], requested: number, used: number, capacity: number): void => {
      if (used + requested > capacity) refusals.push({ host: host.name, reason, requested, used, capacity });
    };
    shortage("cpu", vmClass.cpuMhz, state.usedCpuMhz, kind.cpuMhz);
    shortage("memory", vmClass.memoryMb, state.usedMemoryMb, kind.memoryMb);
    const all = kind.groups.flatMap(({ size }, group) => new Array<number>(size).fill(group));
    const free = state.free.flatMap((count, group) => new Array<number>(count).fill(group));
    const fit = (groups: readonly number[]): number => matchingSize(vmClass.requests, groups, (request, group) => this.matches(slot, group, request));
    const requested = vmClass.requests.length;
    const capacity = fit(all);
    shortage(capacity < requested ? "no-matching-device" : "no-free-device", requested, capacity - fit(free), capacity);
    for (const rule of this.transition.refusingRules(this.current, slot, vmClass)) {
      refusals.push({ host: host.name, reason: "vm-rule", name: this.problem.rules[rule]!.name });
    }
    return refusals;
  }

  /** Everything that is on, by name. */
  placements(): Placement[] {
    const all = [...this.placed].map(([{ id }, { slot, held, running }]): Placement => {
      return { vm: id, host: this.problem.slots[slot]!.host.name, devices: addresses(held), running };
    });
    return all.sort((a, b) => (a.vm < b.vm ? -1 : a.vm > b.vm ? 1 : 0));
  }

  /** Every VM of the batch that is not on, sorted. */
  off(): string[] {
    const ids = this.problem.steps.flatMap((step) => {
      if (step.kind !== "power-on") return [];
      return this.problem.classes[step.vmClass!]!.members.filter((vm) => !this.placed.has(vm)).map(({ id }) => id);
    });
    return ids.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  }
}

function addresses(held: readonly Held[]): Placement["devices"] {
  return held.map(({ device }) => device.address).sort((a, b) => (a < b ? -1 : 1));
}

import { Device, Placement, Step, once } from "../../model";
import { groupMatches } from "../state-space/host-states";
import { HostTable } from "../state-space/host-table";
import { InForce } from "../compile/in-force";
import { firstDevices } from "../constraints/matching";
import { Problem, Slot, StepClass, VmClass } from "../compile/problem";
import { Refusals } from "./refusals";
import { Outcome, State, Transition } from "../state-space/transition";
import { VmSpec, memoryNeedMb } from "../constraints/vm-spec";

/** One device in its group. */
interface Held {
  readonly device: Device;
  readonly group: number;
}

const NO_ROOM = -1;

interface Place {
  readonly slot: number;
  readonly held: readonly Held[];
  readonly running: boolean;
}

/** Who is where with which devices: a state with names, for sequences that a person can follow. */
export class Replay {
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
  private readonly refusals: Refusals;
  private readonly offers: HostTable<number>;

  constructor(
    private readonly transition: Transition,
    inForce: InForce,
  ) {
    this.problem = transition.problem;
    this.refusals = new Refusals(transition, inForce);
    this.offers = new HostTable(this.problem);
    this.current = transition.initial();
    this.done = this.problem.steps.map(() => 0);
    this.usedMemoryMb = this.problem.slots.map(() => 0);
    this.heldDevices = this.problem.slots.map(() => new Set());
    this.problem.slots.forEach(({ occupants, devices }, slot) => {
      for (const { vm, devices: own } of occupants) {
        const held = devices.flatMap((group, index) =>
          group.filter((device) => own.includes(device)).map((device) => ({ device, group: index })),
        );
        const elsewhere = own.filter((device) => !held.some((entry) => entry.device === device)).map((device) => ({ device, group: -1 }));
        this.put(vm, { slot, held: [...held, ...elsewhere], running: true });
      }
    });
  }

  get state(): State {
    return this.current;
  }

  /** Carries out an outcome and returns the step as the report shows it. */
  perform(step: StepClass, outcome: Outcome): Step {
    const id = this.idOf(step);
    switch (step.kind) {
      case "power-on":
        return outcome.worked ? this.powerOn(step, outcome, id) : this.fail(step, outcome, id);
      case "set-device":
        return this.setDevice(step, outcome, id);
      case "release":
        return this.release(step, outcome, id);
    }
  }

  private setDevice(step: StepClass, outcome: Outcome, id: string): Step {
    const before = this.current.hosts[step.slot!];
    this.happened(step, outcome);
    (before === this.current.hosts[step.slot!] ? this.refused : this.changed).add(id);
    const { host, devices } = this.problem.slots[step.slot!]!;
    return { action: "set-device", vm: id, host: host.name, devices: devices[step.group!]!.map(({ address }) => address) };
  }

  private release(step: StepClass, outcome: Outcome, id: string): Step {
    this.happened(step, outcome);
    const vm = this.problem.classes[step.vmClass!]!.members[0]!;
    return { action: step.action!, vm: id, host: this.problem.slots[step.slot!]!.host.name, devices: addresses(this.remove(vm)) };
  }

  private happened(step: StepClass, outcome: Outcome): void {
    this.done[step.index]!++;
    this.current = outcome.state;
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
    const slot = outcome.slot ?? this.bestSlot(vmClass, false)!;
    const held = this.lowest(slot, outcome.take ?? []);
    this.put(vmClass.members[this.done[step.index]!]!, { slot, held, running: false });
    this.happened(step, outcome);
    return { action: "power-on", vm: id, host: this.problem.slots[slot]!.host.name, devices: addresses(held) };
  }

  private fail(step: StepClass, outcome: Outcome, id: string): Step {
    const vmClass = this.problem.classes[step.vmClass!]!;
    const fixed = vmClass.fixedHost ? this.fixedSlot(vmClass, outcome) : undefined;
    const slots = fixed === undefined ? this.problem.slots.map((_, slot) => slot) : [fixed];
    const refused = this.refusals.of(this.current, vmClass, slots);
    this.happened(step, outcome);
    const host = fixed === undefined ? {} : { host: this.problem.slots[fixed]!.host.name };
    return { action: "power-on", vm: id, ...host, refused };
  }

  /** P2: the host that was fixed before the power-on failed there. */
  private fixedSlot({ pin, index }: VmClass, { slot }: Outcome): number | undefined {
    const { slots, kinds } = this.problem;
    if (slot !== undefined) return slot;
    const found = slots.findIndex(({ host, kind }) => (pin ? host.name === pin.host : kinds[kind]!.mayPowerOn[index]));
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
    if (vmClass.weightless) {
      const outcome = this.transition.firstOutcome(this.current, step);
      return outcome.worked ? outcome : undefined;
    }
    if (this.transition.isRefusedEverywhere(this.current, vmClass)) return undefined;
    const slot = this.bestSlot(vmClass, true);
    if (slot === undefined) return undefined;
    const devices =
      firstDevices(vmClass.requests, this.freeDevices(slot), (request, { group }) => this.matches(slot, group, request)) ?? [];
    const take = this.current.hosts[slot]!.free.map(() => 0);
    for (const { group } of devices) take[group]!++;
    return this.transition.placing(this.current, step, slot, take);
  }

  private bestSlot(vmClass: VmClass, withRoom: boolean): number | undefined {
    let best: { readonly slot: number; readonly devices: number; readonly memory: number } | undefined;
    for (const slot of this.allowedSlots(vmClass)) {
      const devices = withRoom ? this.offer(slot, vmClass) : 0;
      if (devices === NO_ROOM || (best && devices < best.devices)) continue;
      const memory = this.freeMemoryMb(slot);
      const order = best && (devices - best.devices || memory - best.memory || (this.hostName(slot) < this.hostName(best.slot) ? 1 : -1));
      if (order === undefined || order > 0) best = { slot, devices, memory };
    }
    return best?.slot;
  }

  private hostName(slot: number): string {
    return this.problem.slots[slot]!.host.name;
  }

  private readonly allowedSlots = once(({ index }: VmClass) =>
    this.problem.slots.flatMap(({ kind }, slot) => (this.problem.kinds[kind]!.mayPowerOn[index] ? [slot] : [])),
  );

  /** How many free devices of a host match a VM of the class; NO_ROOM where the VM can't be there now. */
  private offer(slot: number, vmClass: VmClass): number {
    const host = this.current.hosts[slot]!;
    if (vmClass.rules.length > 0 && !this.transition.hasRoom(this.current, slot, vmClass)) return NO_ROOM;
    return this.offers.of(host.id, vmClass, () => {
      if (!this.transition.hasRoom(this.current, slot, vmClass)) return NO_ROOM;
      const isMatching = (group: number): boolean => vmClass.requests.some((request) => this.matches(slot, group, request));
      return host.free.reduce((sum, count, group) => (isMatching(group) ? sum + count : sum), 0);
    });
  }

  private freeMemoryMb(slot: number): number {
    return this.problem.slots[slot]!.host.memoryMb - this.usedMemoryMb[slot]!;
  }

  /** Free devices of a host that some request may have, by address. */
  private freeDevices(slot: number): Held[] {
    const held = this.heldDevices[slot]!;
    return this.devicesOf(this.problem.slots[slot]!).filter(({ device }) => !held.has(device));
  }

  private readonly devicesOf = once(({ devices }: Slot) =>
    devices
      .flatMap((each, group) => each.map((device): Held => ({ device, group })))
      .sort((a, b) => (a.device.address < b.device.address ? -1 : 1)),
  );

  private lowest(slot: number, take: readonly number[]): Held[] {
    if (take.every((count) => count === 0)) return [];
    const left = [...take];
    const held = this.freeDevices(slot).filter(({ group }) => left[group]!-- > 0);
    return held.sort((a, b) => a.group - b.group);
  }

  private matches(slot: number, group: number, request: number): boolean {
    const { kind, changed } = this.current.hosts[slot]!;
    return groupMatches(this.problem.kinds[kind]!.groups[group]!, changed[group]!, request);
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

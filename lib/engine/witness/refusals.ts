import { Refusal, matchingSize } from "../../model";
import { InForce } from "../compile/in-force";
import { TargetTraits, hostRefusals, targetsOf } from "../constraints/eligibility";
import { groupMatches } from "../state-space/host-states";
import { HostTable } from "../state-space/host-table";
import { Problem, ruleRefuses, Slot, VmClass } from "../compile/problem";
import { State, Transition } from "../state-space/transition";
import { admissionRefusals } from "../constraints/admission-control";
import { HostState } from "../compile/host-state";

/** A host as it is at a moment. */
interface HostAt {
  readonly slot: number;
  readonly state: HostState;
}

/** Every reason that keeps a VM of a class off hosts at a moment. */
export class Refusals {
  private readonly problem: Problem;
  private targets: ReadonlyMap<string, TargetTraits> | undefined;
  private readonly shortages: HostTable<readonly Omit<Refusal, "host">[]>;

  constructor(
    private readonly transition: Transition,
    private readonly inForce: InForce,
  ) {
    this.problem = transition.problem;
    this.shortages = new HostTable(this.problem);
  }

  /** What refuses it at each of the slots, and what refuses it everywhere. */
  of(state: State, vmClass: VmClass, slots: readonly number[]): Refusal[] {
    const everywhere: Refusal[] = [...vmClass.refused];
    const admission = this.transition.admissionRefusal(state, vmClass);
    if (admission) everywhere.push(...admissionRefusals(admission, this.usableHosts()));
    const shortage = this.transition.poolShortage(state, vmClass);
    if (shortage) {
      const { pool: name, ...numbers } = shortage;
      everywhere.push({ reason: "resource-pool", name, ...numbers });
    }
    const somewhere = slots.flatMap((slot) => this.at(state, slot, vmClass));
    return [...everywhere, ...somewhere.sort((a, b) => (a.host! < b.host! ? -1 : a.host! > b.host! ? 1 : 0))];
  }

  /** What refuses a VM at each of the hosts that are left, when it restarts (F2): its own power-on is long past. */
  ofRestart(left: readonly HostAt[], vmClass: VmClass): Refusal[] {
    return left
      .flatMap(({ slot, state }) => {
        const { host } = this.problem.slots[slot]!;
        const { usable, mayRestart } = this.problem.kinds[state.kind]!;
        const always = usable && mayRestart[vmClass.index] ? [] : this.byTheHost(host, vmClass, true);
        const room: readonly Omit<Refusal, "host">[] = vmClass.static
          ? [{ reason: "bound-to-its-host" }]
          : this.shortages.of(state.id, vmClass, () => this.shortagesIn(state, vmClass));
        const elsewhere = (): (readonly number[])[] => left.filter((other) => other.slot !== slot).map((other) => other.state.members);
        const rules = vmClass.rules.filter((rule) => ruleRefuses(this.problem, rule, vmClass, state.members, elsewhere));
        return [
          ...always,
          ...room.map((refusal) => ({ host: host.name, ...refusal })),
          ...rules.map((rule): Refusal => ({ host: host.name, reason: "vm-rule", name: this.problem.rules[rule]!.name })),
        ];
      })
      .sort((a, b) => (a.host! < b.host! ? -1 : a.host! > b.host! ? 1 : 0));
  }

  private usableHosts(): number {
    return this.problem.slots.filter(({ kind }) => this.problem.kinds[kind]!.usable).length;
  }

  private at(state: State, slot: number, vmClass: VmClass): Refusal[] {
    const { host } = this.problem.slots[slot]!;
    const here = state.hosts[slot]!;
    const refusals = this.problem.kinds[here.kind]!.mayPowerOn[vmClass.index] ? [] : this.byTheHost(host, vmClass, false);
    for (const shortage of this.shortages.of(here.id, vmClass, () => this.shortagesIn(here, vmClass))) {
      refusals.push({ host: host.name, ...shortage });
    }
    for (const rule of this.transition.refusingRules(state, slot, vmClass)) {
      refusals.push({ host: host.name, reason: "vm-rule", name: this.problem.rules[rule]!.name });
    }
    return refusals;
  }

  private byTheHost({ name: host }: Slot["host"], { candidate }: VmClass, restart: boolean): Refusal[] {
    const { hostRules } = this.inForce;
    this.targets ??= targetsOf(
      this.problem.slots.map((slot) => slot.host),
      hostRules,
    );
    const refusals = hostRefusals(candidate, this.targets.get(host)!, { restart, hostRules });
    if (refusals.length > 0) return refusals.map((refusal) => ({ host, ...refusal }));
    // A restart ignores the host that was fixed for a power-on (F2); what else keeps it off are its static devices.
    return restart ? [] : [{ host, reason: "not-the-fixed-host" }];
  }

  private shortagesIn(state: HostState, { requests, cpuMhz, memoryMb }: VmClass): Omit<Refusal, "host">[] {
    const kind = this.problem.kinds[state.kind]!;
    const shortages: Omit<Refusal, "host">[] = [];
    const shortage = (reason: Refusal["reason"], requested: number, used: number, capacity: number): void => {
      if (used + requested > capacity) shortages.push({ reason, requested, used, capacity });
    };
    shortage("cpu", cpuMhz, state.usedCpuMhz, kind.cpuMhz);
    shortage("memory", memoryMb, state.usedMemoryMb, kind.memoryMb);
    const all = kind.groups.flatMap(({ size }, group) => new Array<number>(size).fill(group));
    const free = state.free.flatMap((count, group) => new Array<number>(count).fill(group));
    const matches = (request: number, group: number): boolean => groupMatches(kind.groups[group]!, state.changed[group]!, request);
    const capacity = matchingSize(requests, all, matches);
    const used = capacity - matchingSize(requests, free, matches);
    shortage(capacity < requests.length ? "no-matching-device" : "no-free-device", requests.length, used, capacity);
    return shortages;
  }
}

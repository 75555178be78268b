import { Failover } from "../model";
import { FailureSet, failureSets } from "./failure-sets";
import { HostState } from "./host-states";
import { Problem } from "./problem";
import { Budget, Off, RestartSearch, compareOff } from "./search";
import { State, Transition } from "./transition";

/** What becomes of a placement when hosts fail: every order saves all, some does, or in some failure none does. */
type PlacementStatus = "survives" | "order" | "lost";

/** A failure and its end, with the names by which F4 breaks ties. */
export interface WorstCase {
  readonly placement: State;
  readonly failed: FailureSet;
  readonly off: Off;
  readonly hosts: readonly string[];
  readonly vms: readonly string[];
}

export interface FailoverResult extends Pick<Failover, "verdict" | "dependsOn" | "tolerates"> {
  readonly worst?: WorstCase;
  /** What was proved, where the limit was reached. */
  readonly why?: string;
}

/** F1 to F4 over the given placements: everything on, or the running VMs alone. */
export class FailoverJudge {
  readonly restarts: RestartSearch;
  private readonly problem: Problem;
  private readonly usable: readonly number[];

  constructor(
    private readonly transition: Transition,
    private readonly placements: readonly State[],
    budget: Budget,
  ) {
    this.problem = transition.problem;
    this.restarts = new RestartSearch(this.problem, transition.hosts, budget);
    this.usable = this.problem.slots.flatMap(({ kind }, slot) => (this.problem.kinds[kind]!.usable ? [slot] : []));
  }

  judge(hostFailures: number): FailoverResult {
    const largest = Math.min(hostFailures, this.usable.length);
    const statuses = this.placements.map((): PlacementStatus => "survives");
    let worst: WorstCase | undefined;
    let proved = 0;
    for (let size = 1; size <= largest; size++) {
      for (const [index, placement] of this.placements.entries()) {
        const result = this.assess(placement, size);
        if (!result) return { verdict: "unknown", why: this.limitReached(proved) };
        statuses[index] = worse(statuses[index]!, result.status);
        worst = this.worseOf(worst, result.worst);
      }
      if (statuses.every((status) => status === "survives")) proved = size;
    }
    const tolerates = this.tolerates(largest, proved);
    return { ...verdictOf(statuses), ...(worst ? { worst } : {}), ...(tolerates === undefined ? {} : { tolerates }) };
  }

  private limitReached(proved: number): string {
    return `the search limit was reached; ${proved === 0 ? "nothing is proved" : `any ${proved} host failures are survived, ${proved + 1} not settled`}`;
  }

  /** The largest N below the number of usable hosts such that 1 to N all survive; undefined where the limit is reached. */
  private tolerates(judged: number, proved: number): number | undefined {
    const most = Math.max(0, this.usable.length - 1);
    if (proved < judged) return Math.min(proved, most);
    for (let size = judged + 1; size <= most; size++) {
      for (const placement of this.placements) {
        const result = this.assess(placement, size);
        if (!result) return undefined;
        if (result.status !== "survives") return size - 1;
      }
    }
    return most;
  }

  /** All failures of exactly `size` hosts; undefined where the limit is reached. */
  private assess(placement: State, size: number): { readonly status: PlacementStatus; readonly worst: WorstCase } | undefined {
    let status: PlacementStatus = "survives";
    let worst: WorstCase | undefined;
    for (const failed of failureSets(placement.hosts, this.usable, size)) {
      const victims = this.victims(placement, failed);
      const result = this.restarts.run(this.survivors(placement, failed), victims);
      if (!result) return undefined;
      const idle = size === this.usable.length ? this.weightlessVictims(placement) : undefined;
      const lost = !result.canSaveAll || (idle?.some((count) => count > 0) ?? false);
      status = worse(status, lost ? "lost" : result.savesAll ? "survives" : "order");
      for (const off of result.worst) {
        const total = idle ? off.map((count, index) => count + idle[index]!) : off;
        worst = this.worseOf(worst, this.named(placement, failed, total));
      }
    }
    return worst && { status, worst };
  }

  survivors(placement: State, failed: FailureSet): HostState[] {
    return placement.hosts.filter((_, slot) => !failed.includes(slot)).map((host) => this.transition.hosts.forRestart(host));
  }

  /** Protected VMs on the failed hosts, by class. */
  victims(placement: State, failed: FailureSet): number[] {
    const counts = this.problem.classes.map(() => 0);
    for (const slot of failed) for (const member of placement.hosts[slot]!.members) counts[member]!++;
    return counts.map((count, index) => (this.problem.classes[index]!.tier > 0 ? count : 0));
  }

  /** Protected VMs that could restart anywhere, but have nowhere left when every usable host fails. */
  private weightlessVictims({ pending, off }: State): number[] {
    const on = this.problem.classes.map(() => 0);
    for (const slot of this.usable) for (const { class: index } of this.problem.slots[slot]!.occupants) on[index]!++;
    for (const { index, kind, size, vmClass } of this.problem.steps) {
      const done = size - pending[index]! - off[index]!;
      if (kind === "power-on") on[vmClass!]! += done;
      if (kind === "release") on[vmClass!]! -= done;
    }
    return this.problem.classes.map(({ weightless, tier }, index) => (weightless && tier > 0 ? on[index]! : 0));
  }

  /** Equal hosts and VMs can change places: of each kind the first names are taken, so that F4's ties are broken right. */
  private named(placement: State, failed: FailureSet, off: Off): WorstCase {
    const { slots, kinds, classes } = this.problem;
    const perKind = kinds.map(() => 0);
    for (const slot of failed) perKind[slots[slot]!.kind]!++;
    const chosen = slots.filter(({ kind }) => perKind[kind]!-- > 0);
    const onChosen = (index: number): string[] =>
      chosen.flatMap(({ occupants }) => occupants.filter(({ class: other }) => other === index).map(({ vm }) => vm.id));
    const vms = off.flatMap((count, index) => {
      const { occupant, members } = classes[index]!;
      return count === 0 ? [] : (occupant ? onChosen(index) : members.map(({ id }) => id)).sort(byCodeUnit).slice(0, count);
    });
    return { placement, failed, off, hosts: chosen.map(({ host }) => host.name).sort(byCodeUnit), vms: vms.sort(byCodeUnit) };
  }

  private worseOf(a: WorstCase | undefined, b: WorstCase): WorstCase {
    if (!a) return b;
    const order = compareOff(b.off, a.off, this.problem) || compareLists(a.hosts, b.hosts) || compareLists(a.vms, b.vms);
    return order > 0 ? b : a;
  }
}

function verdictOf(statuses: readonly PlacementStatus[]): Pick<FailoverResult, "verdict" | "dependsOn"> {
  if (statuses.every((status) => status === "survives")) return { verdict: "survives" };
  if (statuses.every((status) => status === "lost")) return { verdict: "fails" };
  const differs = statuses.some((status) => status !== statuses[0]);
  const byOrder = statuses.includes("order");
  return { verdict: "placement-dependent", dependsOn: [...(byOrder ? (["order"] as const) : []), ...(differs ? (["placement"] as const) : [])] };
}

const SEVERITY: readonly PlacementStatus[] = ["survives", "order", "lost"];

function worse(a: PlacementStatus, b: PlacementStatus): PlacementStatus {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Positive where `a` comes after `b`: element by element, a prefix first. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return byCodeUnit(a[i]!, b[i]!);
  return a.length - b.length;
}

import { Failover, Limit, Means } from "../../model";
import { PlacementStatus, verdictOf, worse } from "./placement-status";
import { FailureSet, failureSets, numberOfFailureSets } from "./failure-sets";
import { PlacementSpace } from "./placement-space";
import { Problem, turnsOn } from "../compile/problem";
import { alwaysFails } from "./slots";
import { RestartInstance, restartInstance } from "./restart-instance";
import { FailoverProver } from "./failover-prover";
import { Samples } from "./samples";
import { State, Transition } from "../state-space/transition";
import { WorstCase, named, worseOf } from "./worst-case";
import { Budget } from "../packing/budget";
import { ShownFailures } from "./shown-failures";
import { WorstSearch } from "./worst-search";
import { Course } from "../state-space/restart-course";
import { RestartSearch } from "../state-space/explore-restarts";
import { HostState } from "../compile/host-state";

interface Assessment {
  readonly status: PlacementStatus;
  readonly worst?: WorstCase;
}

export interface FailoverResult extends Pick<Failover, "verdict" | "dependsOn" | "tolerates"> {
  readonly decidedBy: Means;
  readonly worst?: WorstCase;
  /** Some failure that leaves a VM off, where the worst is not known. */
  readonly shown?: WorstCase;
  /** With unknown. */
  readonly why?: string;
  /** What was not settled. */
  readonly limits?: readonly Limit[];
}

/** To name the worst failure, where the verdict is known, may take as much as one of so many questions. */
const MANY_QUESTIONS = 10;

/** F1 to F4: bounds over all placements and failures at once, and a look at each where they don't decide. */
export class FailoverJudge {
  readonly restarts: RestartSearch;
  private readonly problem: Problem;
  private readonly usable: readonly number[];
  private readonly instance: RestartInstance | undefined;
  private readonly prover: FailoverProver | undefined;
  /** They fail as a whole, too. */
  private readonly domains: readonly FailureSet[];

  constructor(
    private readonly transition: Transition,
    private readonly space: PlacementSpace,
    /** Counts the failures that are looked at; the restarts after each have a budget of their own. */
    private readonly budget: Budget,
  ) {
    this.problem = transition.problem;
    this.restarts = new RestartSearch(this.problem, transition.hosts, budget.another());
    this.usable = this.problem.slots.flatMap(({ kind }, slot) => (this.problem.kinds[kind]!.usable ? [slot] : []));
    this.instance = movesNothing(this.problem) ? restartInstance(this.problem, space, ({ tier }) => tier > 0) : undefined;
    this.prover = this.instance && new FailoverProver(this.instance, budget);
    this.domains = this.faultDomains();
  }

  /** The usable hosts of each declared fault domain, where they are asked about. */
  private faultDomains(): FailureSet[] {
    const domains = new Map<string, number[]>();
    for (const slot of this.usable) {
      const { faultDomain } = this.problem.kinds[this.problem.slots[slot]!.kind]!;
      if (faultDomain !== undefined) domains.set(faultDomain, [...(domains.get(faultDomain) ?? []), slot]);
    }
    return [...domains.values()];
  }

  /** Whether it is proved that every VM comes back after the failure of any one host, in any order. */
  get survivesAnyHost(): boolean {
    return (this.prover?.tolerates ?? 0) > 0;
  }

  judge(hostFailures: number): FailoverResult {
    const found = this.decide(hostFailures);
    if (found.verdict === "unknown") return found;
    const missing = [
      ...(found.worst === undefined && hostFailures > 0 && this.usable.length > 0 ? (["worst"] as const) : []),
      ...(found.tolerates === undefined ? (["tolerates"] as const) : []),
    ];
    return { ...found, limits: missing.map((part) => ({ part, proved: this.survivedInWords() })) };
  }

  private decide(hostFailures: number): FailoverResult {
    const largest = Math.min(hostFailures, this.usable.length);
    const proved = this.prover?.tolerates ?? 0;
    const domains = this.domains.filter((domain) => domain.length > proved);
    if (largest <= proved && domains.length === 0) {
      return { verdict: "survives", decidedBy: "prices", ...this.nobodyOff(largest), ...this.tolerates(largest, proved) };
    }
    const seen = this.look(largest, proved, domains);
    if (seen) return { ...seen, decidedBy: "every order" };
    if (this.instance && this.prover) return this.settle(this.instance, this.prover, largest, domains);
    const why = "the search limit was reached before every failure was looked at";
    return { verdict: "unknown", decidedBy: "every order", why, limits: [{ part: "failover", proved: this.survivedInWords() }] };
  }

  /** Without looking at placements one by one. */
  private settle(instance: RestartInstance, prover: FailoverProver, largest: number, domains: readonly FailureSet[]): FailoverResult {
    const proved = prover.tolerates;
    const isLostAt = (size: number): boolean =>
      size > 0 &&
      (this.endsAll(size) || instance.bound.size > 0 || (this.space.firm && (instance.bindsBatch || alwaysFails(instance, size))));
    const found = prover.hasCounterexample(largest, domains);
    const decidedBy = prover.means;
    const tolerated = this.tolerates(0, proved);
    const failing = (): Pick<FailoverResult, "worst" | "shown"> => this.failing(instance, prover, largest, domains);
    if (isLostAt(largest)) return { verdict: "fails", decidedBy: "counting", ...failing(), ...tolerated };
    if (found === "never") return { verdict: "survives", decidedBy, ...this.nobodyOff(largest), ...tolerated };
    if (found === "shown") {
      const fates = new Samples(this.problem, this.space, instance, this.budget).fates(largest, domains);
      const single = this.space.batch.length === 0;
      if (fates === "doomed" || (single && fates[0] === "lost")) return { verdict: "fails", decidedBy, ...failing(), ...tolerated };
      if (single && fates[0] === "order")
        return { verdict: "placement-dependent", decidedBy, dependsOn: ["order"], ...failing(), ...tolerated };
      if (fates.some((fate) => fate !== "lost" && fate !== "open")) {
        const both = fates.includes("order") && (fates.includes("survives") || fates.includes("lost"));
        const dependsOn = both ? { dependsOn: ["order", "placement"] as const } : {};
        return { verdict: "placement-dependent", decidedBy, ...dependsOn, ...failing(), ...tolerated };
      }
    }
    const some =
      found === "shown" ? `; some failure of ${largest} can leave a VM off, but whether every placement has one is not settled` : "";
    const next =
      proved + 1 < largest && tolerated.tolerates === proved ? `${proved + 1} can leave a VM off` : `${proved + 1} is not settled`;
    const sofar = proved === 0 ? "nothing is proved to be survived" : `${this.survivedInWords()}, ${next}`;
    const limit: Limit = { part: "failover", proved: `${this.survivedInWords()}${some}` };
    return { verdict: "unknown", decidedBy, why: `the search limit was reached; ${sofar}${some}`, limits: [limit] };
  }

  /** The worst failure, or else some failure, where one leaves a VM off. */
  private failing(
    instance: RestartInstance,
    prover: FailoverProver,
    largest: number,
    domains: readonly FailureSet[],
  ): Pick<FailoverResult, "worst" | "shown"> {
    const budget = this.budget.oneOf(MANY_QUESTIONS);
    const idle = (placement: State): readonly number[] => this.weightlessVictims(placement);
    const shown = new ShownFailures(this.transition, this.space, instance, prover, idle, budget.another());
    const search = new WorstSearch(this.problem, this.space, instance, prover, (failed) => shown.of(failed), budget, largest, domains);
    const found = search.find();
    if (!found) return {};
    return found.isWorst ? { worst: found.failure } : { shown: found.failure };
  }

  private survivedInWords(): string {
    const proved = this.prover?.tolerates ?? 0;
    if (proved === 0) return "nothing";
    return proved === 1 ? "any one host failure is survived" : `any ${proved} host failures are survived`;
  }

  /** Every usable host fails, and there is a VM to bring back. */
  private endsAll(size: number): boolean {
    if (size < this.usable.length) return false;
    const { base, batch } = this.space;
    const running = [this.victims(base, this.usable), this.weightlessVictims(base)].some((counts) => counts.some((count) => count > 0));
    return running || batch.some(({ vmClass, count }) => vmClass.tier > 0 && count > 0);
  }

  /** Every placement and failure up to `largest`; undefined where the limit is reached. */
  private look(largest: number, proved: number, domains: readonly FailureSet[]): Omit<FailoverResult, "decidedBy"> | undefined {
    const placements = this.space.placements();
    if (!placements || this.areTooMany(placements, largest)) return undefined;
    const statuses = placements.map((): PlacementStatus => "survives");
    let worst = this.nobodyOff(Math.min(largest, proved)).worst;
    let survived = Math.min(largest, proved);
    for (let size = survived + 1; size <= largest; size++) {
      for (const [index, placement] of placements.entries()) {
        const result = this.assess(placement, size);
        if (!result) return undefined;
        statuses[index] = worse(statuses[index]!, result.status);
        if (result.worst) worst = worseOf(this.problem, worst, result.worst);
      }
      if (survived === size - 1 && statuses.every((status) => status === "survives")) survived = size;
    }
    for (const [index, placement] of placements.entries()) {
      const result = this.assessEach(placement, domains);
      if (!result) return undefined;
      statuses[index] = worse(statuses[index]!, result.status);
      if (result.worst) worst = worseOf(this.problem, worst, result.worst);
    }
    const tolerated =
      survived < largest ? { tolerates: Math.min(survived, this.most()) } : this.tolerates(largest, Math.max(proved, survived));
    return { ...verdictOf(statuses), ...(worst ? { worst } : {}), ...tolerated };
  }

  /** Whether the failures of the largest size alone would take more work than there is. */
  private areTooMany(placements: readonly State[], size: number): boolean {
    const work = placements.reduce((sum, { hosts }) => sum + numberOfFailureSets(hosts, this.usable, size) * workFor(hosts, size), 0);
    return !this.budget.affords(work);
  }

  /** The largest N below the number of usable hosts such that 1 to N all survive, `proved` of them already; nothing where the limit is reached. */
  private tolerates(judged: number, proved: number): Pick<FailoverResult, "tolerates"> {
    for (let size = Math.max(judged, proved) + 1; size <= this.most(); size++) {
      const found = this.prover?.counterexample(size) ?? "open";
      if (typeof found === "object") return { tolerates: size - 1 };
      if (found === "never") continue;
      for (const placement of this.space.placements() ?? [undefined]) {
        const result = placement && this.assess(placement, size);
        if (!result) return {};
        if (result.status !== "survives") return { tolerates: size - 1 };
      }
    }
    return { tolerates: this.most() };
  }

  private most(): number {
    return Math.max(0, this.usable.length - 1);
  }

  /** F4 where no failure leaves anything off: the first host. */
  private nobodyOff(size: number): { readonly worst?: WorstCase } {
    const [first] = [...this.usable].sort((a, b) => (this.hostName(a) < this.hostName(b) ? -1 : 1));
    if (size === 0 || first === undefined) return {};
    const off = this.problem.classes.map(() => 0);
    const placement = this.space.samples()[0] ?? this.space.base;
    return { worst: { placement, failed: [first], off, hosts: [this.hostName(first)], vms: [] } };
  }

  private hostName(slot: number): string {
    return this.problem.slots[slot]!.host.name;
  }

  /** All failures of exactly `size` hosts; undefined where the limit is reached. */
  private assess(placement: State, size: number): Assessment | undefined {
    return this.assessEach(placement, failureSets(placement.hosts, this.usable, size));
  }

  private assessEach(placement: State, failures: Iterable<FailureSet>): Assessment | undefined {
    let status: PlacementStatus = "survives";
    let worst: WorstCase | undefined;
    for (const failed of failures) {
      if (!this.budget.spend(workFor(placement.hosts, failed.length))) return undefined;
      const result = this.restarts.outcome(this.survivors(placement, failed), this.victims(placement, failed));
      if (!result) return undefined;
      const idle = failed.length === this.usable.length ? this.weightlessVictims(placement) : undefined;
      const lost = !result.canSaveAll || (idle?.some((count) => count > 0) ?? false);
      status = worse(status, lost ? "lost" : result.savesAll ? "survives" : "order");
      for (const off of result.worst) {
        const total = idle ? off.map((count, index) => count + idle[index]!) : off;
        worst = worseOf(this.problem, worst, named(this.problem, placement, failed, total));
      }
    }
    return { status, ...(worst ? { worst } : {}) };
  }

  /** The course of restarts that a case was found by, or one that leads there. */
  courseOf({ placement, failed, off, course }: WorstCase): Course {
    if (course) return course;
    const weightless = failed.length === this.usable.length ? this.weightlessVictims(placement) : [];
    const heavy = off.map((count, index) => count - (weightless[index] ?? 0));
    return this.restarts.courseTo(this.survivors(placement, failed), this.victims(placement, failed), heavy);
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
  weightlessVictims({ pending, off }: State): number[] {
    const on = this.problem.classes.map(() => 0);
    for (const slot of this.usable) for (const { class: index } of this.problem.slots[slot]!.occupants) on[index]!++;
    for (const { index, kind, size, vmClass, slot } of this.problem.steps) {
      const change = turnsOn(kind) * (size - pending[index]! - off[index]!);
      // What comes off a host that is away was not on the others.
      if (change > 0 || (change < 0 && this.usable.includes(slot!))) on[vmClass!]! += change;
    }
    return this.problem.classes.map(({ weightless, tier }, index) => (weightless && tier > 0 ? on[index]! : 0));
  }
}

/** Without rules that keep VMs together, and without VMs that make room, a restart only ever takes. */
function movesNothing({ rules, defrag, classes }: Problem): boolean {
  return rules.every(({ type }) => type === "separate") && !(defrag && classes.some(({ memoryMb, cpuMhz }) => memoryMb > 0 || cpuMhz > 0));
}

/** Pieces of work that a look at one failure is. */
function workFor({ length }: readonly HostState[], failures: number): number {
  return Math.ceil((length * (1 + failures)) / 8);
}

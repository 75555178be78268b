import { HostStates } from "./host-states";
import { Problem, VmClass, ruleRefuses } from "../compile/problem";
import { Demand, Bins, binsOf } from "../packing/bins";
import { Blockade } from "../packing/blockade";
import { Budget } from "../packing/budget";
import { makeRoom } from "./make-room";
import { Course, Restart } from "./restart-course";
import { HostState } from "../compile/host-state";

/** What can become of the victims of a failure on given survivors (F2). Counts are by VM class. */
export interface RestartResult {
  /** Some order and choice brings every victim back. */
  readonly canSaveAll: boolean;
  /** Every order and choice does. */
  readonly savesAll: boolean;
  /** The distinct worst ends: as many VMs off as can be, then of the highest priorities. */
  readonly worst: readonly Off[];
}

/** VMs that stay off, by class. */
export type Off = readonly number[];

/** Exhaustive restart: tiers from the highest, inside a tier every order, dedicated failover hosts first, every host and device. */
export class RestartSearch {
  private readonly results = new Map<string, RestartResult>();
  private readonly bins: Bins;
  private readonly blockades = new Map<number, Blockade>();

  constructor(
    private readonly problem: Problem,
    private readonly hosts: HostStates,
    private readonly budget: Budget,
  ) {
    this.bins = binsOf(problem, "restart");
  }

  /** Undefined where the limit is reached. `survivors` in any order; `victims`: how many of each class, all protected. */
  outcome(survivors: readonly HostState[], victims: readonly number[]): RestartResult | undefined {
    if (this.nobodyIsRefused(survivors, victims)) return nobodyOff(victims.length);
    return isDeep(victims) ? undefined : this.run(survivors, victims);
  }

  /** By prices: each victim fits, whatever the others do. */
  private nobodyIsRefused(survivors: readonly HostState[], victims: readonly number[]): boolean {
    const { problem, bins } = this;
    const { classes, rules, defrag } = problem;
    if (rules.length > 0 || defrag) return false;
    const hosts = survivors.map((host) => bins.of(host));
    const supply = bins.counted(victims.map((count, index) => ({ vmClass: classes[index]!, count })));
    return victims.every((count, index) => {
      if (count === 0) return true;
      if (classes[index]!.static) return false;
      const demand = bins.demandOf(classes[index]!);
      // What takes nothing can be anywhere.
      if (!demand) return hosts.length > 0;
      const others = supply.map((number, other) => (other === demand.index ? number - 1 : number));
      return this.blockadeOf(demand).proves(
        hosts.filter((bin) => bins.fits(bin, demand)),
        others,
      );
    });
  }

  private blockadeOf(demand: Demand): Blockade {
    const known = this.blockades.get(demand.index) ?? new Blockade(this.bins, demand, [], this.budget);
    this.blockades.set(demand.index, known);
    return known;
  }

  private run(survivors: readonly HostState[], victims: readonly number[]): RestartResult | undefined {
    const sorted = [...survivors].sort((a, b) => a.kind - b.kind || a.id - b.id);
    const key = `${sorted.map(({ id }) => id).join(",")}|${victims.join(",")}`;
    const known = this.results.get(key);
    if (known) return known;
    const next = this.nextTier(victims);
    if (next.length === 0) return nobodyOff(victims.length);
    if (!this.budget.spend(next.length * (sorted.length + victims.length))) return undefined;
    const results: RestartResult[] = [];
    for (const vmClass of next) {
      const rest = minusOne(victims, vmClass.index);
      const places = this.placesOrRoom(sorted, vmClass);
      if (!places) return undefined;
      if (places.length === 0) {
        const result = this.run(sorted, rest);
        if (!result) return undefined;
        results.push({ canSaveAll: false, savesAll: false, worst: result.worst.map((off) => plusOne(off, vmClass.index)) });
      }
      for (const place of places) {
        const result = this.run(place, rest);
        if (!result) return undefined;
        results.push(result);
      }
    }
    const result = this.combine(results);
    this.results.set(key, result);
    return result;
  }

  /** A course that leads to one of the ends that a result calls worst. */
  courseTo(survivors: readonly HostState[], victims: readonly number[], off: Off): Course {
    const everyOrder = off.every((count) => count === 0) && this.nobodyIsRefused(survivors, victims);
    const sorted = [...survivors].sort((a, b) => a.kind - b.kind || a.id - b.id);
    const restarts: Restart[] = [];
    const ends = this.follow(sorted, victims, off, everyOrder ? () => true : (...end) => this.reaches(...end), restarts);
    const isWhole = !this.problem.defrag && restarts.length === victims.reduce((sum, count) => sum + count, 0);
    return { ends, off, ...(isWhole ? { restarts } : {}) };
  }

  private follow(
    survivors: readonly HostState[],
    victims: readonly number[],
    off: Off,
    leadsThere: (survivors: readonly HostState[], victims: readonly number[], off: Off) => boolean,
    restarts: Restart[],
  ): readonly HostState[] {
    for (const vmClass of this.nextTier(victims)) {
      const rest = minusOne(victims, vmClass.index);
      const places = this.placesOrRoom(survivors, vmClass) ?? [];
      if (places.length === 0 && off[vmClass.index]! > 0) {
        const left = minusOne(off, vmClass.index);
        if (leadsThere(survivors, rest, left)) {
          restarts.push({ vmClass });
          return this.follow(survivors, rest, left, leadsThere, restarts);
        }
      }
      for (const place of places) {
        if (!leadsThere(place, rest, off)) continue;
        const at = place.findIndex((host, index) => host !== survivors[index]);
        if (at >= 0) restarts.push({ vmClass, at: { from: survivors[at]!, next: place[at]! } });
        return this.follow(place, rest, off, leadsThere, restarts);
      }
    }
    return survivors;
  }

  private reaches(survivors: readonly HostState[], victims: readonly number[], off: Off): boolean {
    return this.run(survivors, victims)?.worst.some((end) => end.every((count, index) => count === off[index])) === true;
  }

  /** The classes of the highest tier that has victims left. */
  private nextTier(victims: readonly number[]): VmClass[] {
    let tier = 0;
    let classes: VmClass[] = [];
    victims.forEach((count, index) => {
      const vmClass = this.problem.classes[index]!;
      if (count === 0 || vmClass.tier < tier) return;
      if (vmClass.tier > tier) {
        tier = vmClass.tier;
        classes = [];
      }
      classes.push(vmClass);
    });
    return classes;
  }

  /** Where the VM fits nowhere, `--defrag movable` makes room if it can. Undefined where the limit is reached. */
  private placesOrRoom(survivors: readonly HostState[], vmClass: VmClass): (readonly HostState[])[] | undefined {
    const places = this.places(survivors, vmClass);
    if (places.length > 0 || !this.problem.defrag || vmClass.static) return places;
    return makeRoom(
      survivors,
      this.problem,
      this.hosts,
      this.budget,
      (moved) => this.places(moved, vmClass),
      (...at) => this.apart(...at),
    );
  }

  /** The survivors after one VM has restarted, each way once; failover hosts where one of them can take it, else the others. */
  private places(survivors: readonly HostState[], vmClass: VmClass): HostState[][] {
    if (vmClass.static) return [];
    const found: { readonly failover: boolean; readonly hosts: HostState[] }[] = [];
    let last: HostState | undefined;
    survivors.forEach((host, at) => {
      if (host === last) return;
      last = host;
      const kind = this.problem.kinds[host.kind]!;
      if (!kind.usable || !kind.mayRestart[vmClass.index] || this.apart(survivors, at, vmClass)) return;
      for (const { next } of this.hosts.fits(host, vmClass, true)) {
        found.push({ failover: kind.failover, hosts: survivors.map((other, index) => (index === at ? next : other)) });
      }
    });
    const first = found.filter(({ failover }) => failover);
    return (first.length > 0 ? first : found).map(({ hosts }) => hosts);
  }

  private apart(survivors: readonly HostState[], at: number, vmClass: VmClass): boolean {
    const { members: here } = survivors[at]!;
    const elsewhere = (): (readonly number[])[] => survivors.filter((_, other) => other !== at).map(({ members }) => members);
    return vmClass.rules.some(
      (rule) => this.problem.rules[rule]!.type === "together" && ruleRefuses(this.problem, rule, vmClass, here, elsewhere),
    );
  }

  private combine(results: readonly RestartResult[]): RestartResult {
    const ends = results.flatMap(({ worst }) => worst);
    let worst: Off[] = [];
    for (const end of ends) {
      const order = worst.length === 0 ? 1 : compareOff(end, worst[0]!, this.problem);
      if (order > 0) worst = [end];
      else if (order === 0 && !worst.some((other) => other.every((count, index) => count === end[index]))) worst.push(end);
    }
    return {
      canSaveAll: results.some(({ canSaveAll }) => canSaveAll),
      savesAll: results.every(({ savesAll }) => savesAll),
      worst,
    };
  }
}

/** Positive where `a` is worse (F4): more VMs off, then higher priorities, sorted from the highest and compared one by one. */
export function compareOff(a: Off, b: Off, problem: Problem): number {
  const byTier = (off: Off): number[] => {
    const counts = [0, 0, 0, 0, 0, 0];
    off.forEach((count, index) => (counts[problem.classes[index]!.tier]! += count));
    return counts;
  };
  const [left, right] = [byTier(a), byTier(b)];
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  if (total(left) !== total(right)) return total(left) - total(right);
  for (let tier = left.length - 1; tier > 0; tier--) if (left[tier] !== right[tier]) return left[tier]! - right[tier]!;
  return 0;
}

/** The search goes one level down for each VM: more than these would not end within any limit, and might overflow the stack. */
const DEEPEST = 400;

export function isDeep(victims: readonly number[]): boolean {
  return victims.reduce((sum, count) => sum + count, 0) > DEEPEST;
}

function minusOne(counts: readonly number[], index: number): readonly number[] {
  return counts.map((count, other) => (other === index ? count - 1 : count));
}

function plusOne(off: Off, index: number): Off {
  return off.map((count, other) => (other === index ? count + 1 : count));
}

function nobodyOff(classes: number): RestartResult {
  return { canSaveAll: true, savesAll: true, worst: [new Array<number>(classes).fill(0)] };
}

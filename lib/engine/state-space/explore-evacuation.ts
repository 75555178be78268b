import { HostStates } from "./host-states";
import { Problem, VmClass, ruleRefuses } from "../compile/problem";
import { Budget } from "../packing/budget";
import { Off, isDeep } from "./explore-restarts";
import { HostState } from "../compile/host-state";

/** Best-case placement on the rest of the cluster (F6): the operator chooses order, hosts and devices. */
export class EvacuationSearch {
  private readonly ends = new Map<string, readonly Off[]>();

  constructor(
    private readonly problem: Problem,
    private readonly hosts: HostStates,
    private readonly budget: Budget,
  ) {}

  /** The distinct ends with as few VMs down as can be; undefined where the limit is reached. */
  fewestDown(rest: readonly HostState[], victims: readonly number[]): readonly Off[] | undefined {
    const sorted = [...rest].sort((a, b) => a.kind - b.kind || a.id - b.id);
    const key = `${sorted.map(({ id }) => id).join(",")}|${victims.join(",")}`;
    const known = this.ends.get(key);
    if (known) return known;
    const index = victims.findIndex((count) => count > 0);
    if (index < 0) return [victims];
    if (isDeep(victims) || !this.budget.spend(sorted.length + victims.length)) return undefined;
    const vmClass = this.problem.classes[index]!;
    const others = victims.map((count, other) => (other === index ? count - 1 : count));
    let best: Off[] = [];
    for (const place of this.places(sorted, vmClass)) {
      const ends = this.fewestDown(place, others);
      if (!ends) return undefined;
      best = fewer(best, ends);
      if (best.some((end) => total(end) === 0)) break;
    }
    if (!best.some((end) => total(end) === 0)) {
      const ends = this.fewestDown(sorted, others);
      if (!ends) return undefined;
      best = fewer(
        best,
        ends.map((end) => end.map((count, other) => (other === index ? count + 1 : count))),
      );
    }
    this.ends.set(key, best);
    return best;
  }

  private places(rest: readonly HostState[], vmClass: VmClass): HostState[][] {
    if (vmClass.static) return [];
    return rest.flatMap((host, at) => {
      const kind = this.problem.kinds[host.kind]!;
      if (rest.indexOf(host) !== at || !kind.usable || kind.failover || !kind.mayRestart[vmClass.index] || this.apart(rest, at, vmClass))
        return [];
      return this.hosts.fits(host, vmClass, true).map(({ next }) => rest.map((other, index) => (index === at ? next : other)));
    });
  }

  private apart(rest: readonly HostState[], at: number, vmClass: VmClass): boolean {
    const elsewhere = (): (readonly number[])[] => rest.filter((_, other) => other !== at).map(({ members }) => members);
    return vmClass.rules.some(
      (rule) => this.problem.rules[rule]!.type === "together" && ruleRefuses(this.problem, rule, vmClass, rest[at]!.members, elsewhere),
    );
  }
}

/** Of both, the ends with fewest down, each once. */
function fewer(known: readonly Off[], more: readonly Off[]): Off[] {
  const all = [...known, ...more];
  const least = Math.min(...all.map(total));
  return [...new Map(all.filter((end) => total(end) === least).map((end) => [end.join(), end])).values()];
}

function total(end: Off): number {
  return end.reduce((sum, count) => sum + count, 0);
}

import { Body, Problem } from "./problem";
import { isUsableHost } from "./refusals";
import { RANK, restarts } from "./restarts";
import { State } from "./state";

export interface FailoverAnswer {
  readonly verdict: "survives" | "placement-dependent" | "fails";
  readonly dependsOn: readonly ("order" | "placement")[];
  readonly worst?: { readonly hosts: readonly string[]; readonly off: readonly string[] };
  readonly tolerates: number;
  /** The failures that `worst` is about, each with the ends that it can come to. */
  readonly ends: () => readonly FailureEnd[];
}

/** A failure from one placement, and one end of the restarts after it. */
export interface FailureEnd {
  readonly failed: readonly number[];
  readonly victims: readonly Body[];
  readonly state: State;
}

/** F1 to F4 over every placement, every set of failed hosts, every restart order, host and choice of devices. */
export function failoverOf(problem: Problem, placements: readonly State[], failures: number, maxStates = Infinity): FailoverAnswer {
  const usable = problem.hosts.map((_, host) => host).filter((host) => isUsableHost(problem, host));
  const { losses, endsWith } = restarts(problem, maxStates);
  const failureSets = [...setsOf(usable, failures), ...(problem.faultDomains ? faultDomains(problem, usable) : [])];
  const statuses = new Set<string>();
  let worst: Loss | undefined;
  let ties: (() => readonly FailureEnd[])[] = [];
  for (const placement of placements) {
    let status = "survives";
    for (const failed of failureSets) {
      const found = losses(placement, failed);
      if (found.every((off) => off.length > 0)) status = "lost";
      else if (status === "survives" && found.some((off) => off.length > 0)) status = "order";
      for (const bodies of found) {
        const loss = { hosts: failed.map((host) => problem.hosts[host]!.name).sort(), bodies };
        if (worst && isWorse(worst, loss)) continue;
        if (!worst || isWorse(loss, worst)) ties = [];
        worst = loss;
        const victims = problem.bodies.filter(
          ({ priority }, body) => priority !== "disabled" && failed.includes(placement.at[body]?.host ?? -1),
        );
        ties.push(() => endsWith(placement, failed, bodies).map((state) => ({ failed, victims, state })));
      }
    }
    statuses.add(status);
  }
  const verdict = only(statuses, "survives") ? "survives" : only(statuses, "lost") ? "fails" : "placement-dependent";
  const survivesAny = (n: number): boolean =>
    placements.every((placement) => setsOf(usable, n).every((failed) => losses(placement, failed).every((off) => off.length === 0)));
  let tolerates = 0;
  while (tolerates + 1 < usable.length && survivesAny(tolerates + 1)) tolerates++;
  return {
    verdict,
    dependsOn:
      verdict !== "placement-dependent"
        ? []
        : [...(statuses.has("order") ? ["order" as const] : []), ...(statuses.size > 1 ? ["placement" as const] : [])],
    ...(worst ? { worst: { hosts: worst.hosts, off: namesOf(worst) } } : {}),
    tolerates,
    ends: () => ties.flatMap((each) => each()),
  };
}

function only(set: ReadonlySet<string>, member: string): boolean {
  return [...set].every((found) => found === member);
}

/** Every set of 1 to `largest` of the hosts. */
function setsOf(hosts: readonly number[], largest: number): readonly (readonly number[])[] {
  let sets: (readonly number[])[] = [[]];
  for (const host of hosts) sets = [...sets, ...sets.map((set) => [...set, host])];
  return sets.filter((set) => set.length > 0 && set.length <= largest);
}

/** The usable hosts of each declared fault domain. */
function faultDomains({ hosts }: Problem, usable: readonly number[]): readonly (readonly number[])[] {
  const names = new Set(usable.flatMap((host) => hosts[host]!.faultDomain ?? []));
  return [...names].map((name) => usable.filter((host) => hosts[host]!.faultDomain === name));
}

interface Loss {
  readonly hosts: readonly string[];
  readonly bodies: readonly Body[];
}

/** F4: more VMs off; then priorities from the highest; then the smaller host list; then the smaller VM list. */
function isWorse(a: Loss, b: Loss): boolean {
  if (a.bodies.length !== b.bodies.length) return a.bodies.length > b.bodies.length;
  const ranks = ({ bodies }: Loss): readonly number[] => bodies.map(({ priority }) => RANK[priority]).sort((x, y) => y - x);
  return (compare(ranks(b), ranks(a)) || compare(a.hosts, b.hosts) || compare(namesOf(a), namesOf(b))) < 0;
}

export function namesOf({ bodies }: Pick<Loss, "bodies">): readonly string[] {
  return bodies.map(({ name }) => name).sort();
}

export function compare<T extends string | number>(a: readonly T[], b: readonly T[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (a[index] !== b[index]) return a[index]! < b[index]! ? -1 : 1;
  }
  return a.length - b.length;
}

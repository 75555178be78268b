import { Body, Problem } from "./problem";
import { isUsableHost } from "./refusals";
import { RANK, restarts } from "./restarts";
import { State } from "./state";

export interface FailoverAnswer {
  readonly verdict: "survives" | "placement-dependent" | "fails";
  readonly dependsOn: readonly ("order" | "placement")[];
  readonly worst?: { readonly hosts: readonly string[]; readonly off: readonly string[] };
  readonly tolerates: number;
}

/** F1 to F4 over every placement, every set of failed hosts, every restart order, host and set of devices. */
export function failoverOf(problem: Problem, placements: readonly State[], failures: number, maxStates = Infinity): FailoverAnswer {
  const usable = problem.hosts.map((_, host) => host).filter((host) => isUsableHost(problem, host));
  const after = restarts(problem, maxStates);
  const statuses = new Set<string>();
  let worst: Loss | undefined;
  for (const placement of placements) {
    let status = "survives";
    for (const failed of setsOf(usable, failures)) {
      const losses = after(placement, failed);
      if (losses.every((off) => off.length > 0)) status = "lost";
      else if (status === "survives" && losses.some((off) => off.length > 0)) status = "order";
      for (const off of losses) {
        const loss = { hosts: failed.map((host) => problem.hosts[host]!.name).sort(), bodies: off };
        if (!worst || isWorse(loss, worst)) worst = loss;
      }
    }
    statuses.add(status);
  }
  const verdict = only(statuses, "survives") ? "survives" : only(statuses, "lost") ? "fails" : "placement-dependent";
  const survivesAny = (n: number): boolean =>
    placements.every((placement) => setsOf(usable, n).every((failed) => after(placement, failed).every((off) => off.length === 0)));
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

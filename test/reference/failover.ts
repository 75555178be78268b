import { RestartPriority } from "../../lib/model";
import { Body, Problem } from "./problem";
import { TooLarge } from "./power-on";
import { freeDeviceSets, isUsableHost, refusals } from "./refusals";
import { State, devicesKey, withPlace } from "./state";

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

const RANK: Readonly<Record<RestartPriority, number>> = { disabled: 0, lowest: 1, low: 2, medium: 3, high: 4, highest: 5 };

/** F2 as a function from a placement and the failed hosts to what each possible course of the restarts leaves off. */
function restarts(problem: Problem, maxStates: number): (placement: State, failed: readonly number[]) => readonly (readonly Body[])[] {
  const known = new Map<string, ReadonlySet<number>>();

  /** The sets (as masks over bodies) that can stay off in the end. `untried` and `aside` are masks too. */
  const ends = (state: State, failed: readonly number[], untried: number, aside: number): ReadonlySet<number> => {
    const places = state.at.map((place) => (place ? `${place.host}:${place.held}` : "-")).join();
    const key = `${places} ${devicesKey(state.devices)} ${failed.join()} ${untried} ${aside}`;
    const found = known.get(key);
    if (found) return found;
    const result = new Set<number>();
    const top = Math.max(...problem.bodies.map(({ priority }, body) => (untried & (1 << body) ? RANK[priority] : -1)));
    let end = true;
    problem.bodies.forEach(({ priority }, body) => {
      const bit = 1 << body;
      const first = (untried & bit) !== 0 && RANK[priority] === top;
      if (!first && (aside & bit) === 0) return;
      const hosts = eligibleHosts(state, failed, body);
      if (hosts.length === 0 && !first) return;
      end = false;
      if (hosts.length === 0) add(result, ends(state, failed, untried & ~bit, aside | bit));
      for (const host of hosts) {
        for (const held of freeDeviceSets(problem, state, body, host)) {
          add(result, ends({ ...state, at: withPlace(state.at, body, { host, held }) }, failed, untried & ~bit, aside & ~bit));
        }
      }
    });
    if (end) result.add(aside);
    known.set(key, result);
    if (known.size > maxStates) throw new TooLarge();
    return result;
  };

  /** Dedicated failover hosts are tried first. */
  const eligibleHosts = (state: State, failed: readonly number[], body: number): readonly number[] => {
    const hosts = problem.hosts
      .map((_, host) => host)
      .filter((host) => !failed.includes(host) && refusals(problem, state, body, host, "restart").length === 0);
    const dedicated = hosts.filter((host) => problem.hosts[host]!.failover);
    return dedicated.length > 0 ? dedicated : hosts;
  };

  return (placement, failed) => {
    const down = placement.at.flatMap((place, body) => (place && failed.includes(place.host) ? [body] : []));
    const victims = down.filter((body) => problem.bodies[body]!.priority !== "disabled");
    const mask = (bodies: readonly number[]): number => bodies.reduce((set, body) => set | (1 << body), 0);
    const lost = mask(victims.filter((body) => problem.bodies[body]!.static));
    const state = { ...placement, at: placement.at.map((place, body) => (down.includes(body) ? undefined : place)) };
    return [...ends(state, failed, mask(victims) & ~lost, 0)].map((off) =>
      problem.bodies.filter((_, body) => ((off | lost) & (1 << body)) !== 0),
    );
  };
}

function add(set: Set<number>, more: ReadonlySet<number>): void {
  for (const member of more) set.add(member);
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

function namesOf({ bodies }: Loss): readonly string[] {
  return bodies.map(({ name }) => name).sort();
}

function compare<T extends string | number>(a: readonly T[], b: readonly T[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (a[index] !== b[index]) return a[index]! < b[index]! ? -1 : 1;
  }
  return a.length - b.length;
}

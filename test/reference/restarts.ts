import { RestartPriority } from "../../lib/model";
import { TooLarge } from "./power-on";
import { Body, Problem } from "./problem";
import { freeDeviceSets, refusals } from "./refusals";
import { State, devicesKey, withPlace } from "./state";

export const RANK: Readonly<Record<RestartPriority, number>> = { disabled: 0, lowest: 1, low: 2, medium: 3, high: 4, highest: 5 };

/** F2 as a function from a placement and the failed hosts to what each possible course of the restarts leaves off. */
export function restarts(problem: Problem, maxStates: number): Courses {
  return courses(problem, "restart", maxStates);
}

/** F6: the same for hosts that are emptied: those that ask for devices move, in any order, and never to a dedicated failover host. */
export function evacuations(problem: Problem, maxStates: number): Courses {
  return courses(problem, "evacuation", maxStates);
}

type Courses = (placement: State, away: readonly number[]) => readonly (readonly Body[])[];

function courses(problem: Problem, occasion: "restart" | "evacuation", maxStates: number): Courses {
  const rank = (priority: RestartPriority): number => (occasion === "restart" ? RANK[priority] : 0);
  const known = new Map<string, ReadonlySet<number>>();

  /** The sets (as masks over bodies) that can stay off in the end. `untried` and `aside` are masks too. */
  const ends = (state: State, failed: readonly number[], untried: number, aside: number): ReadonlySet<number> => {
    const places = state.at.map((place) => (place ? `${place.host}:${place.held}` : "-")).join();
    const key = `${places} ${devicesKey(state.devices)} ${failed.join()} ${untried} ${aside}`;
    const found = known.get(key);
    if (found) return found;
    const result = new Set<number>();
    const top = Math.max(...problem.bodies.map(({ priority }, body) => (untried & (1 << body) ? rank(priority) : -1)));
    let end = true;
    problem.bodies.forEach(({ priority }, body) => {
      const bit = 1 << body;
      const first = (untried & bit) !== 0 && rank(priority) === top;
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
      .filter((host) => !failed.includes(host) && refusals(problem, state, body, host, occasion).length === 0);
    const dedicated = hosts.filter((host) => problem.hosts[host]!.failover);
    return dedicated.length > 0 ? dedicated : hosts;
  };

  return (placement, failed) => {
    const down = placement.at.flatMap((place, body) => (place && failed.includes(place.host) ? [body] : []));
    const victims = down.filter((body) =>
      occasion === "restart" ? problem.bodies[body]!.priority !== "disabled" : problem.bodies[body]!.requests.length > 0,
    );
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

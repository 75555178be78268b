import { RestartPriority } from "../../lib/model";
import { roomMade } from "./moves";
import { TooLarge } from "./power-on";
import { Body, Problem } from "./problem";
import { deviceChoices, isEligible } from "./refusals";
import { State, placesKey, withPlace } from "./state";

export const RANK: Readonly<Record<RestartPriority, number>> = { disabled: 0, lowest: 1, low: 2, medium: 3, high: 4, highest: 5 };

/** What becomes of the VMs of hosts that are away. */
export interface Courses {
  /** What each possible course leaves off. */
  losses(placement: State, away: readonly number[]): readonly (readonly Body[])[];
  /** Where each of the courses that leave exactly these off ends. */
  endsWith(placement: State, away: readonly number[], off: readonly Body[]): readonly State[];
}

/** F2: by tiers from the highest, dedicated failover hosts first, and VMs moved aside where that is asked for. */
export function restarts(problem: Problem, maxStates: number): Courses {
  return courses(problem, "restart", maxStates);
}

/** F6: the same for hosts that are emptied: those that ask for devices move, in any order, and never to a dedicated failover host. */
export function evacuations(problem: Problem, maxStates: number): Courses {
  return courses(problem, "evacuation", maxStates);
}

/** A moment of a course. `untried` and `aside` are masks over bodies. */
interface Moment {
  readonly state: State;
  readonly untried: number;
  readonly aside: number;
}

function courses(problem: Problem, occasion: "restart" | "evacuation", maxStates: number): Courses {
  const rank = (priority: RestartPriority): number => (occasion === "restart" ? RANK[priority] : 0);
  const known = new Map<string, ReadonlySet<number>>();
  const keyOf = ({ state, untried, aside }: Moment, away: readonly number[]): string =>
    `${placesKey(problem, state)} ${away.join()} ${untried} ${aside}`;

  /** The sets (as masks over bodies) that can stay off in the end. */
  const ends = (moment: Moment, away: readonly number[]): ReadonlySet<number> => {
    const key = keyOf(moment, away);
    const found = known.get(key);
    if (found) return found;
    const nexts = after(moment, away);
    const result = new Set(nexts.length === 0 ? [moment.aside] : nexts.flatMap((next) => [...ends(next, away)]));
    known.set(key, result);
    if (known.size > maxStates) throw new TooLarge();
    return result;
  };

  /** Every moment that can be next: one VM more has been tried. None: this is an end. */
  const after = ({ state, untried, aside }: Moment, away: readonly number[]): readonly Moment[] => {
    const top = Math.max(...problem.bodies.map(({ priority }, body) => (untried & (1 << body) ? rank(priority) : -1)));
    return problem.bodies.flatMap(({ priority }, body): readonly Moment[] => {
      const bit = 1 << body;
      const first = (untried & bit) !== 0 && rank(priority) === top;
      if (!first && (aside & bit) === 0) return [];
      const placed = places(state, away, body);
      if (placed.length > 0) return placed.map((next) => ({ state: next, untried: untried & ~bit, aside: aside & ~bit }));
      return first ? [{ state, untried: untried & ~bit, aside: aside | bit }] : [];
    });
  };

  const places = (state: State, away: readonly number[], body: number): readonly State[] => {
    const found = placesAsItIs(state, away, body);
    if (found.length > 0 || !problem.defrag || occasion !== "restart") return found;
    return roomMade(problem, state, away, (moved) => placesAsItIs(moved, away, body));
  };

  /** Dedicated failover hosts are tried first. */
  const placesAsItIs = (state: State, away: readonly number[], body: number): readonly State[] => {
    const hosts = problem.hosts
      .map((_, host) => host)
      .filter((host) => !away.includes(host) && isEligible(problem, state, body, host, occasion));
    const dedicated = hosts.filter((host) => problem.hosts[host]!.failover);
    return (dedicated.length > 0 ? dedicated : hosts).flatMap((host) =>
      deviceChoices(problem, state, body, host).map((held) => ({ ...state, at: withPlace(state.at, body, { host, held }) })),
    );
  };

  const beginning = (placement: State, away: readonly number[]): { readonly lost: number; readonly moment: Moment } => {
    const down = placement.at.flatMap((place, body) => (place && away.includes(place.host) ? [body] : []));
    const victims = down.filter((body) =>
      occasion === "restart" ? problem.bodies[body]!.priority !== "disabled" : problem.bodies[body]!.requests.length > 0,
    );
    const lost = maskOf(victims.filter((body) => problem.bodies[body]!.static));
    const state = { ...placement, at: placement.at.map((place, body) => (down.includes(body) ? undefined : place)) };
    return { lost, moment: { state, untried: maskOf(victims) & ~lost, aside: 0 } };
  };

  return {
    losses: (placement, away) => {
      const { lost, moment } = beginning(placement, away);
      return [...ends(moment, away)].map((off) => problem.bodies.filter((_, body) => ((off | lost) & (1 << body)) !== 0));
    },
    endsWith: (placement, away, off) => {
      const { lost, moment } = beginning(placement, away);
      const wanted = maskOf(off.map((body) => problem.bodies.indexOf(body))) & ~lost;
      const seen = new Set<string>();
      const found: State[] = [];
      const follow = (from: Moment): void => {
        const key = keyOf(from, away);
        if (seen.has(key) || !ends(from, away).has(wanted)) return;
        seen.add(key);
        const nexts = after(from, away);
        if (nexts.length === 0) found.push(from.state);
        nexts.forEach(follow);
      };
      follow(moment);
      return found;
    },
  };
}

function maskOf(bodies: readonly number[]): number {
  return bodies.reduce((set, body) => set | (1 << body), 0);
}

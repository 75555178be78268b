import { Problem } from "./problem";
import { isEligible } from "./refusals";
import { State, placesKey, withPlace } from "./state";

/**
 * F2, `--defrag movable`: VMs without devices are moved aside, one at a time and each to an eligible host, until there are places.
 * Every way with the fewest moves counts, which the specification leaves open: DRS moves no more than it needs.
 */
export function roomMade(
  problem: Problem,
  from: State,
  away: readonly number[],
  places: (moved: State) => readonly State[],
): readonly State[] {
  const seen = new Set([placesKey(problem, from)]);
  let level: readonly State[] = [from];
  while (level.length > 0) {
    const next = level.flatMap((state) => moves(problem, state, away)).filter((state) => !seen.has(placesKey(problem, state)));
    level = [...new Map(next.map((state) => [placesKey(problem, state), state])).values()];
    level.forEach((state) => seen.add(placesKey(problem, state)));
    const found = level.flatMap(places);
    if (found.length > 0) return found;
  }
  return [];
}

function moves(problem: Problem, state: State, away: readonly number[]): readonly State[] {
  return problem.bodies.flatMap((body, index) => {
    const place = state.at[index];
    if (!place || !body.movable || place.held !== 0) return [];
    const without = { ...state, at: withPlace(state.at, index, undefined) };
    return problem.hosts.flatMap((_, host) => {
      if (host === place.host || away.includes(host) || !isEligible(problem, without, index, host, "move")) return [];
      return [{ ...state, at: withPlace(state.at, index, { host, held: 0 }) }];
    });
  });
}

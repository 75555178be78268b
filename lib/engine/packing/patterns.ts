import { Budget } from "./budget";
import { Demand, Room, Rooms } from "./bins";

/** VMs together on one host. */
export interface Pattern {
  /** The VMs in the order of their demands, each with what is left once it is there. */
  readonly stands: readonly { readonly demand: number; readonly next: Room }[];
  /** By demand: how many; only those that are there. */
  readonly counts: readonly (readonly [demand: number, count: number])[];
  readonly rest: Room;
}

/**
 * The ways to close a room to a victim with VMs from `supply`, each with no more than it takes: it stops as soon as the victim
 * does not fit any more. Undefined where there are more than `most`, or the limit is reached.
 */
export function closings(
  rooms: Rooms,
  room: Room,
  victim: Demand,
  supply: readonly number[],
  most: number,
  budget: Budget,
): Pattern[] | undefined {
  return walk(rooms, room, supply, most, budget, (rest) => (rooms.fits(rest, victim) ? "on" : "end"));
}

/** The ways to fill a room with VMs from `supply` so that no more of them fits; one with nothing where nothing fits. */
export function fillings(rooms: Rooms, room: Room, supply: readonly number[], most: number, budget: Budget): Pattern[] | undefined {
  return walk(rooms, room, supply, most, budget, (rest, left) => {
    return rooms.demands.some(({ index }) => left[index]! > 0 && rooms.fits(rest, rooms.demands[index]!)) ? "on" : "end";
  });
}

function walk(
  rooms: Rooms,
  room: Room,
  supply: readonly number[],
  most: number,
  budget: Budget,
  at: (rest: Room, left: readonly number[]) => "on" | "end",
): Pattern[] | undefined {
  const found: Pattern[] = [];
  const left = [...supply];
  const stands: Pattern["stands"][number][] = [];
  const seen = new Set<string>();
  const step = (rest: Room, from: number): boolean => {
    if (at(rest, left) === "end") {
      found.push({ stands: [...stands], counts: countsOf(stands), rest });
      return found.length <= most;
    }
    for (let demand = from; demand < left.length; demand++) {
      if (left[demand] === 0) continue;
      for (const next of rooms.place(rest, rooms.demands[demand]!)) {
        left[demand]!--;
        stands.push({ demand, next });
        const key = `${next.id}|${stands.map((stand) => stand.demand).join()}`;
        const goesOn = seen.has(key) || (budget.spend(1) && (seen.add(key), step(next, demand)));
        stands.pop();
        left[demand]!++;
        if (!goesOn) return false;
      }
    }
    return true;
  };
  return step(room, 0) ? found : undefined;
}

function countsOf(stands: Pattern["stands"]): Pattern["counts"] {
  const counts = new Map<number, number>();
  for (const { demand } of stands) counts.set(demand, (counts.get(demand) ?? 0) + 1);
  return [...counts];
}

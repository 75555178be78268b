import { Room, Rooms } from "./bins";

/** One VM that is put on a host, and what is left there then. */
export interface Stand {
  readonly slot: number;
  readonly demand: number;
  readonly next: Room;
}

/** Shown by where everything is, proved never to be, or open: a limit was reached. */
export type Answer = { readonly kind: "shown"; readonly stands: readonly Stand[] } | { readonly kind: "never" } | { readonly kind: "open" };

/** Some of the stands, each on the same devices, as if the others were not there. */
export function only(rooms: Rooms, hosts: readonly Room[], stands: readonly Stand[], kept: ReadonlySet<Stand>): Stand[] {
  const all = [...hosts];
  const alone = [...hosts];
  return stands.flatMap((stand) => {
    const { slot, demand, next } = stand;
    const takes = next.free.map((count, type) => all[slot]!.free[type]! - count);
    all[slot] = next;
    if (!kept.has(stand)) return [];
    const { free } = alone[slot]!;
    alone[slot] = rooms
      .place(alone[slot]!, rooms.demands[demand]!)
      .find((room) => room.free.every((count, type) => free[type]! - count === takes[type]))!;
    return [{ slot, demand, next: alone[slot] }];
  });
}

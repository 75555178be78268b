import { SlotCount, slotCounts } from "../bounds/slots";
import { Fleet, countsOf, together } from "../fleet";
import { Budget, Claim, FailureGroup, Packing, Stand, claimsOf, findFailure } from "../search";

/**
 * For VMs with fixed places: whether some failure leaves one of them off in every order. That it can't be saved in any order
 * stays true with more hosts gone, so only failures of the full size are looked at.
 */
export class LossSettlement {
  private readonly packing: Packing;
  private readonly enough: readonly SlotCount[] | undefined;
  private readonly claims: readonly { readonly claim: Claim; readonly shares: readonly number[]; readonly total: number }[];
  private readonly work: Budget;

  constructor(
    private readonly fleet: Fleet,
    budget: Budget,
  ) {
    const { rooms, hosts, usable, running } = fleet;
    this.work = budget.another();
    this.packing = new Packing(rooms, budget.another());
    this.enough = fleet.dedicated.size === 0 ? slotCounts(fleet) : undefined;
    const wanted = together(running).map(({ demand }) => demand);
    this.claims = claimsOf(rooms, [...new Set(wanted)]).map((claim) => {
      const shares = hosts.map(() => 0);
      for (const slot of usable) {
        const claimed = running[slot]!.reduce((sum, { demand, count }) => sum + count * claim.worth[demand.index]!, 0);
        shares[slot] = claimed + claim.capacity(hosts[slot]!);
      }
      return { claim, shares, total: usable.reduce((sum, slot) => sum + claim.capacity(hosts[slot]!), 0) };
    });
  }

  /** A failure of `size` hosts that leaves a VM off in every order. */
  loss(size: number): readonly number[] | "never" | "open" {
    const { bound, usable } = this.fleet;
    if (bound.size > 0 && size > 0) return [...bound, ...usable.filter((slot) => !bound.has(slot))].slice(0, size);
    for (const { shares, total } of this.claims) {
      const worst = [...usable].sort((a, b) => shares[b]! - shares[a]! || a - b).slice(0, size);
      if (worst.reduce((sum, slot) => sum + shares[slot]!, 0) > total) return worst;
    }
    const { enough } = this;
    const isHarmless = (most: readonly number[]): boolean => enough !== undefined && enough.every(({ total }, index) => most[index]! <= total);
    return findFailure(this.groups(), size, isHarmless, this.work, undefined, (failed) => {
      const answer = this.lossAt(failed);
      return answer === true ? [...failed] : answer;
    });
  }

  /** Whether this failure does. */
  lossAt(failed: readonly number[]): true | "never" | "open" {
    const { rooms, hosts, running, bound } = this.fleet;
    if (failed.some((slot) => bound.has(slot))) return true;
    if (this.claims.some(({ shares, total }) => failed.reduce((sum, slot) => sum + shares[slot]!, 0) > total)) return true;
    const gone = new Set(failed);
    const survivors = hosts.map((room, slot) => (gone.has(slot) ? rooms.nowhere : room));
    const answer = this.packing.place(survivors, countsOf(rooms, together(failed.map((slot) => running[slot]!))));
    if (answer.kind === "shown") return this.isReal(answer.stands, gone) ? "never" : "open";
    return answer.kind === "never" ? true : "open";
  }

  /** Dedicated failover hosts are tried first: no VM may be elsewhere that one of them could still take. */
  private isReal(stands: readonly Stand[], gone: ReadonlySet<number>): boolean {
    const { rooms, hosts, dedicated, running } = this.fleet;
    const left = [...dedicated].filter((slot) => !gone.has(slot));
    if (left.length === 0) return true;
    if (new Set(together(running).map(({ tier }) => tier)).size > 1) return false;
    const ends = new Map(stands.map(({ slot, next }) => [slot, next] as const));
    return stands.every(({ slot, demand }) => dedicated.has(slot) || !left.some((other) => rooms.fits(ends.get(other) ?? hosts[other]!, rooms.demands[demand]!)));
  }

  private groups(): FailureGroup[] {
    const { hosts, usable, running } = this.fleet;
    const groups = new Map<string, { slots: number[]; weights: readonly number[] }>();
    for (const slot of usable) {
      const crowds = running[slot]!.map(({ demand, count }) => `${demand.index},${count}`).sort();
      const key = `${hosts[slot]!.id}|${crowds.join(";")}`;
      const group = groups.get(key) ?? { slots: [], weights: (this.enough ?? []).map(({ shares }) => shares[slot]!) };
      group.slots.push(slot);
      groups.set(key, group);
    }
    return [...groups.values()];
  }
}

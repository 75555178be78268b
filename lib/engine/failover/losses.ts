import { ROUNDING, Prices } from "../packing/prices";
import { unordered } from "./restart-order";
import { SlotCount, isEnough, slotCounts } from "./slots";
import { spareHosts } from "./spare-hosts";
import { nearest, priceBook, scaleOf } from "./survival";
import { FailureSet } from "./failure-sets";
import { RestartInstance, countsOf, together } from "./restart-instance";
import { ItemCount, Demand } from "../packing/bins";
import { apart } from "./apart";
import { Budget } from "../packing/budget";
import { Claim, Packing, claimsOf } from "../packing/packing";
import { FailureGroup, findFailure } from "./find-failure";
import { Assignment } from "../packing/answer";

/**
 * For VMs with fixed places: whether some failure leaves one of them off in every order. That it can't be saved in any order
 * stays true with more hosts gone, so only failures of the full size are looked at; and only VMs for which prices prove no order.
 */
export class LossProver {
  private readonly packing: Packing;
  private readonly enough: readonly SlotCount[] | undefined;
  private readonly claims: readonly { readonly claim: Claim; readonly shares: readonly number[]; readonly total: number }[];
  private readonly work: Budget;
  private readonly wanted: ReadonlySet<Demand>;
  private readonly pricesFor: (demand: Demand) => Prices;
  private readonly unproved = new Map<number, ReadonlySet<Demand>>();

  constructor(
    private readonly instance: RestartInstance,
    budget: Budget,
  ) {
    const { bins, hosts, usable, running } = instance;
    this.work = budget.another();
    this.pricesFor = priceBook(instance);
    this.packing = new Packing(bins, budget.another());
    this.enough = instance.dedicated.size === 0 ? slotCounts(instance) : undefined;
    this.wanted = new Set(together(running).map(({ demand }) => demand));
    this.claims = claimsOf(bins, [...this.wanted]).map((claim) => {
      const shares = hosts.map(() => 0);
      for (const slot of usable) {
        const claimed = running[slot]!.reduce((sum, { demand, count }) => sum + count * claim.worth[demand.index]!, 0);
        shares[slot] = claimed + claim.capacity(hosts[slot]!);
      }
      return { claim, shares, total: usable.reduce((sum, slot) => sum + claim.capacity(hosts[slot]!), 0) };
    });
  }

  /** A failure of `size` hosts that leaves a VM off in every order. */
  loss(size: number): FailureSet | "never" | "open" {
    const { bound, usable } = this.instance;
    if (bound.size > 0 && size > 0) return [...bound, ...usable.filter((slot) => !bound.has(slot))].slice(0, size);
    for (const { shares, total } of this.claims) {
      const worst = [...usable].sort((a, b) => shares[b]! - shares[a]! || a - b).slice(0, size);
      if (worst.reduce((sum, slot) => sum + shares[slot]!, 0) > total) return worst;
    }
    if (this.enough?.every((count) => isEnough(count, size, usable))) return "never";
    let open = false;
    for (const { victim, rivals, spare } of this.questions(size)) {
      const found = this.lossOf(victim, rivals, spare, size);
      if (found === "open") open = true;
      else if (found !== "never") return found;
    }
    return open ? "open" : "never";
  }

  /** Every VM for which no order is proved, with those that are in its way. */
  private *questions(
    size: number,
  ): Generator<{ readonly victim: Demand; readonly rivals: ReadonlySet<Demand>; readonly spare: readonly SlotCount[] }> {
    for (const rivals of apart(this.instance, this.unprovedAt(size))) {
      const spare = this.spareFor(rivals);
      if (this.areEnough(spare, size)) continue;
      for (const victim of rivals) yield { victim, rivals, spare };
    }
  }

  private spareFor(among: ReadonlySet<Demand>): readonly SlotCount[] {
    return this.instance.dedicated.size > 0
      ? []
      : spareHosts(this.instance, among, (bin, counts) => this.packing.place([bin], counts).kind === "shown");
  }

  private areEnough(spare: readonly SlotCount[], size: number): boolean {
    return spare.some((count) => isEnough(count, size, this.instance.usable));
  }

  /** A failure of one of the victim's hosts that leaves it or one of its rivals off in every order. */
  private lossOf(victim: Demand, rivals: ReadonlySet<Demand>, spare: readonly SlotCount[], size: number): FailureSet | "never" | "open" {
    const { usable, running } = this.instance;
    const isRival = ({ demand }: ItemCount): boolean => rivals.has(demand);
    const scales = nearest(
      this.pricesFor(victim).lists.map((list) => scaleOf(this.instance, victim, list, isRival)),
      size,
      usable,
    );
    const enough = this.enough ?? [];
    const groups = this.groups(rivals, (slot) => [...scales, ...spare, ...enough].map(({ shares }) => shares[slot]!));
    const isHarmless = (most: readonly number[]): boolean =>
      scales.some(({ limit }, index) => most[index]! < limit - ROUNDING) ||
      spare.some(({ total }, index) => most[scales.length + index]! <= total) ||
      (enough.length > 0 && enough.every(({ total }, index) => most[scales.length + spare.length + index]! <= total));
    let open = false;
    for (const { slots, weights } of groups) {
      if (!running[slots[0]!]!.some(({ demand }) => demand === victim)) continue;
      const found = findFailure(groups, size, isHarmless, this.work, { slot: slots[0]!, weights }, (failed) => {
        const answer = this.lossAmong(failed, rivals);
        return answer === true ? [...failed] : answer;
      });
      if (found === "open") open = true;
      else if (found !== "never") return found;
    }
    return open ? "open" : "never";
  }

  /** Whether this failure leaves a VM off in every order. */
  lossAt(failed: FailureSet): true | "never" | "open" {
    if (failed.some((slot) => this.instance.bound.has(slot))) return true;
    return this.lossAmong(failed, this.unprovedAt(failed.length));
  }

  private lossAmong(failed: FailureSet, rivals: ReadonlySet<Demand>): true | "never" | "open" {
    const { bins, hosts, running } = this.instance;
    if (this.claims.some(({ shares, total }) => failed.reduce((sum, slot) => sum + shares[slot]!, 0) > total)) return true;
    const victims = together(failed.map((slot) => running[slot]!)).filter(({ demand }) => rivals.has(demand));
    const gone = new Set(failed);
    const survivors = hosts.map((bin, slot) => (gone.has(slot) ? bins.nowhere : bin));
    const answer = this.packing.place(survivors, countsOf(bins, victims));
    if (answer.kind === "shown") return this.isReal(answer.assignments, gone) ? "never" : "open";
    return answer.kind === "never" ? true : "open";
  }

  /** Those that have to be placed to know: there are not spare hosts enough for them and who is in their way, and no order is proved. */
  private unprovedAt(size: number): ReadonlySet<Demand> {
    let known = this.unproved.get(size);
    if (!known) {
      const groups = apart(this.instance, this.wanted).filter((group) => !this.areEnough(this.spareFor(group), size));
      known = new Set(groups.flatMap((group) => [...(this.hasOrder ? unordered(this.instance, group, size, this.pricesFor) : group)]));
      this.unproved.set(size, known);
    }
    return known;
  }

  /** Any order will do for VMs that find a place in it, but that dedicated failover hosts are tried first, and by tiers. */
  private get hasOrder(): boolean {
    return this.instance.dedicated.size === 0 || !this.hasTiers;
  }

  private get hasTiers(): boolean {
    return new Set(together(this.instance.running).map(({ tier }) => tier)).size > 1;
  }

  /** Dedicated failover hosts are tried first: no VM may be elsewhere that one of them could still take. */
  private isReal(assignments: readonly Assignment[], gone: ReadonlySet<number>): boolean {
    const { bins, hosts, dedicated } = this.instance;
    const left = [...dedicated].filter((slot) => !gone.has(slot));
    if (left.length === 0) return true;
    if (this.hasTiers) return false;
    const ends = new Map(assignments.map(({ slot, next }) => [slot, next] as const));
    return assignments.every(
      ({ slot, demand }) =>
        dedicated.has(slot) || !left.some((other) => bins.fits(ends.get(other) ?? hosts[other]!, bins.demands[demand]!)),
    );
  }

  /** Hosts that make no difference to VMs of these demands are alike. */
  private groups(among: ReadonlySet<Demand>, weightsOf: (slot: number) => readonly number[]): FailureGroup[] {
    const { bins, hosts, usable, running, dedicated } = this.instance;
    const groups = new Map<string, { slots: number[]; weights: readonly number[] }>();
    for (const slot of usable) {
      const itemCounts = running[slot]!.filter(({ demand }) => among.has(demand))
        .map(({ demand, count }) => `${demand.index},${count}`)
        .sort();
      const isOpen = [...among].some((demand) => bins.fits(hosts[slot]!, demand));
      const weights = weightsOf(slot);
      const key = `${isOpen ? hosts[slot]!.id : ""}|${dedicated.has(slot)}|${itemCounts.join(";")}|${weights.join()}`;
      const group = groups.get(key) ?? { slots: [], weights };
      group.slots.push(slot);
      groups.set(key, group);
    }
    return [...groups.values()];
  }
}

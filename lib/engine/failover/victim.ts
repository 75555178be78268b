import { Blockade } from "../packing/blockade";
import { ItemCount } from "../packing/bins";
import { PriceList } from "../packing/prices";
import { RestartInstance } from "./restart-instance";
import { Scale, scaleOf, toleratedBy } from "./survival";

/** VMs of one demand and tier, and what is proved about them. */
export class Victim {
  private made: readonly PriceList[] | undefined;
  private readonly known: (Scale & { readonly list: PriceList })[] = [];
  /** How many failures are proved to leave a place for it, by the scales so far; and beside one more of its kind. */
  private alone = 0;
  private withTwin = 0;

  constructor(
    private readonly instance: RestartInstance,
    readonly items: ItemCount,
    readonly blockade: Blockade,
    /** One that takes as much of everything, if there is one: what leaves a place for that one beside a twin leaves one for this. */
    private readonly larger: Victim | undefined,
  ) {}

  /** As many of `failures` as are proved to leave a place for it. */
  survived(failures: number): number {
    const covered = this.larger?.survivedWithTwin(failures) ?? 0;
    if (covered >= failures) return failures;
    while (this.alone < failures && this.known.length < this.lists.length) this.next();
    return Math.min(failures, Math.max(covered, this.alone));
  }

  private survivedWithTwin(failures: number): number {
    while (this.withTwin < failures && this.known.length < this.lists.length) this.next();
    return Math.min(failures, this.withTwin);
  }

  get scales(): readonly (Scale & { readonly list: PriceList })[] {
    while (this.known.length < this.lists.length) this.next();
    return this.known;
  }

  private next(): void {
    const { demand, tier } = this.items;
    const list = this.lists[this.known.length]!;
    const scale = scaleOf(this.instance, demand, list, (other) => other.tier >= tier);
    this.known.push({ ...scale, list });
    this.alone = Math.max(this.alone, toleratedBy(scale, this.instance.usable));
    this.withTwin = Math.max(this.withTwin, toleratedBy({ ...scale, limit: scale.limit - scale.own }, this.instance.usable));
  }

  private get lists(): readonly PriceList[] {
    const { bins, hosts } = this.instance;
    return (this.made ??= this.blockade.pricesFor(hosts.filter((bin) => bins.fits(bin, this.items.demand))).lists);
  }
}

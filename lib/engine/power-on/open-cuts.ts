import { HostCut, Cut, Cuts } from "./cuts";
import { Prices, ROUNDING } from "../packing/prices";
import { Bin } from "../packing/bins";
import { Budget } from "../packing/budget";

/** What is asked of all cuts at once: whether VMs can keep another out of these hosts. */
export interface BlockadeQuery {
  /** What has to have happened, and what may have. */
  readonly needs: number;
  readonly before: number;
  /** Slots. */
  readonly closed: readonly number[];
  readonly supply: readonly Supply[];
}

/** VMs that may be in the way, by demand, once all that they need has happened. */
export interface Supply {
  readonly needs: number;
  readonly counts: readonly number[];
}

/** So many prices are added while one piece of other work is done. */
const PRICES_A_PIECE = 32;

/**
 * The cuts at which prices leave it open whether a VM can be kept out. As long as it is not said what has happened at a host,
 * it needs the least that it ever does, and who waits for that is counted, so that one proof speaks of all these cuts.
 */
export class OpenCuts {
  /** By place. */
  private readonly floors: readonly Float64Array[];

  constructor(
    private readonly cuts: Cuts,
    private readonly prices: Prices,
    private readonly budget: Budget,
  ) {
    this.floors = cuts.places.map((place) => {
      const needs = place.cuts.map(({ bin }) => prices.needOf(bin));
      return needs[0]!.map((_, list) => Math.min(...needs.map((need) => need[list]!)));
    });
  }

  /** The most doubtful first; "open" is the last one where the limit is reached. */
  *of(asked: BlockadeQuery): Generator<Cut | "open"> {
    const slack = this.slackOfAll(asked);
    if (least(slack) < -ROUNDING) return;
    const parts = asked.supply
      .filter(({ needs }) => needs !== 0)
      .map(({ needs, counts }) => ({ needs, worth: this.prices.worthOf(counts) }));
    const isClosed = new Set(asked.closed);
    yield* this.from({ ...asked, parts, isClosed }, { chosen: [], wanted: asked.needs, off: 0, slack });
  }

  private *from(asked: Priced, node: Node): Generator<Cut | "open"> {
    const { places } = this.cuts;
    const place = places[node.chosen.length];
    if (!place) {
      const cut = this.cuts.together(node.chosen);
      if (this.cuts.isReachable(cut.done)) yield cut;
      return;
    }
    if (!this.budget.spend(1 + (place.cuts.length * node.slack.length) / PRICES_A_PIECE)) {
      yield "open";
      return;
    }
    const next = place.cuts.flatMap((way) => this.after(asked, node, way)).map((after) => ({ after, margin: least(after.slack) }));
    for (const { after } of next.filter(({ margin }) => margin >= -ROUNDING).sort((a, b) => b.margin - a.margin))
      yield* this.from(asked, after);
  }

  /** With what has happened at one more place; none where that can't be. */
  private after({ before, parts, isClosed }: Priced, { chosen, wanted, off, slack }: Node, way: HostCut): Node[] {
    const at = chosen.length;
    const place = this.cuts.places[at]!;
    const wantedNow = wanted | this.cuts.neededBy(way.done);
    const offNow = off | (place.bits & ~way.done);
    if ((wantedNow & offNow) !== 0 || (way.done & ~before) !== 0) return [];
    const left = slack.slice();
    if (isClosed.has(place.slot)) {
      const [floor, need] = [this.floors[at]!, this.prices.needOf(way.bin)];
      for (let list = 0; list < left.length; list++) left[list]! += floor[list]! - need[list]!;
    }
    for (const { needs, worth } of parts) if ((needs & off) === 0 && (needs & offNow) !== 0) subtract(left, worth);
    return [{ chosen: [...chosen, way], wanted: wantedNow, off: offNow, slack: left }];
  }

  /** By price list: what everyone who may ever be on is worth beyond the least that the hosts ever need. */
  private slackOfAll({ closed, supply }: BlockadeQuery): Float64Array {
    const { places, start } = this.cuts;
    const placeOf = new Map(places.map(({ slot }, place) => [slot, place]));
    const slack = this.prices.worthOf(supply.map(({ counts }) => counts).reduce(sum));
    for (const slot of closed) {
      const place = placeOf.get(slot);
      subtract(slack, place === undefined ? this.prices.needOf(start[slot]!) : this.floors[place]!);
    }
    return slack;
  }
}

interface Priced extends BlockadeQuery {
  readonly parts: readonly { readonly needs: number; readonly worth: Float64Array }[];
  readonly isClosed: ReadonlySet<number>;
}

/** What has happened at the first places, and what therefore has to happen and can't have happened at the others. */
interface Node {
  readonly chosen: readonly HostCut[];
  readonly wanted: number;
  readonly off: number;
  readonly slack: Float64Array;
}

/** Every bin that the hosts are at some cut. */
export function binsOfAll({ start, places }: Cuts): readonly Bin[] {
  return [...new Set([...start, ...places.flatMap(({ cuts }) => cuts.map(({ bin }) => bin))])];
}

function least(values: Float64Array): number {
  let smallest = Infinity;
  for (let at = 0; at < values.length; at++) if (values[at]! < smallest) smallest = values[at]!;
  return smallest;
}

function subtract(from: Float64Array, values: Float64Array): void {
  for (let at = 0; at < from.length; at++) from[at]! -= values[at]!;
}

function sum(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, index) => value + b[index]!);
}

import { strongComponents } from "./strong-components";

/** Bytes of sets that may be made: about 45,000 nodes in a chain. */
const MAX_BYTES = 512 * 1024 * 1024;

export interface Reachable {
  /** For each node, the marked nodes it leads to, itself left out, as numbers among the marked ones in rising order. */
  readonly from: (node: number) => readonly number[];
  /** Components of several nodes (or one that leads to itself) with a marked node in them. */
  readonly cycles: readonly (readonly number[])[];
}

/** Which of the `marked` nodes each node leads to; undefined where that would take too much memory. */
export function reachable(successors: readonly (readonly number[])[], marked: readonly number[]): Reachable | undefined {
  const bitOf = new Map(marked.map((node, bit) => [node, bit]));
  const words = Math.ceil(marked.length / 32);
  const sets = new Array<Uint32Array | undefined>(successors.length);
  const cycles: (readonly number[])[] = [];
  let bytes = 0;
  for (const component of strongComponents(successors)) {
    const isCycle = component.length > 1 || successors[component[0]!]!.includes(component[0]!);
    if (isCycle && component.some((node) => bitOf.has(node))) cycles.push(component);
    const own = new Set(component);
    const next = component.flatMap((node) => successors[node]!.filter((successor) => !own.has(successor)));
    const reached = next.filter((node) => bitOf.has(node) || sets[node] !== undefined);
    const set = shared(reached, bitOf, sets) ?? union(reached, bitOf, sets, words);
    if (set !== undefined && !reached.some((node) => sets[node] === set)) bytes += set.byteLength;
    if (bytes > MAX_BYTES) return undefined;
    for (const node of component) sets[node] = set;
  }
  return { cycles, from: (node) => bits(sets[node]) };
}

type Bits = ReadonlyMap<number, number>;
type Sets = readonly (Uint32Array | undefined)[];

/** The set of the one node that is led to, if it is not marked itself: most nodes are like that. */
function shared(reached: readonly number[], bitOf: Bits, sets: Sets): Uint32Array | undefined {
  const [first] = reached;
  return first !== undefined && reached.every((node) => node === first) && !bitOf.has(first) ? sets[first] : undefined;
}

function union(reached: readonly number[], bitOf: Bits, sets: Sets, words: number): Uint32Array | undefined {
  if (reached.length === 0) return undefined;
  const result = new Uint32Array(words);
  for (const node of new Set(reached)) {
    const set = sets[node];
    if (set !== undefined) for (let word = 0; word < words; word++) result[word]! |= set[word]!;
    const bit = bitOf.get(node);
    if (bit !== undefined) result[bit >> 5]! |= 1 << (bit & 31);
  }
  return result;
}

function bits(set: Uint32Array | undefined): readonly number[] {
  const found: number[] = [];
  set?.forEach((word, at) => {
    for (let bit = 0; bit < 32 && word >>> bit !== 0; bit++) if ((word >>> bit) & 1) found.push(at * 32 + bit);
  });
  return found;
}

import { InputError, Mistake } from "../../model";
import { Block, blockSource } from "../configuration";
import { reachable } from "./reachable";

/** Resources and what they refer to each other through, as numbered nodes. */
export interface DependencyGraph {
  readonly nodes: readonly DependencyNode[];
  readonly successors: readonly (readonly number[])[];
}

/** A resource has a block; a local, an output or a module has none. */
export interface DependencyNode {
  readonly label: string;
  readonly block?: Block;
}

/** For each of the `marked`, given with their nodes, those it leads to. Throws InputError where a marked one leads to itself. */
export function* closure<T extends { readonly block: Block }>(
  graph: DependencyGraph,
  marked: ReadonlyMap<T, number>,
): Generator<[T, readonly T[]]> {
  const items = [...marked.keys()];
  const found = reachable(graph.successors, [...marked.values()]);
  if (found === undefined) {
    throw InputError.at(blockSource(items[0]!.block), `${items.length} resources depend on each other in chains too long to follow`);
  }
  if (found.cycles.length > 0) throw new InputError(found.cycles.map((cycle) => cycleMistake(cycle.map((node) => graph.nodes[node]!))));
  for (const [item, node] of marked) yield [item, found.from(node).map((bit) => items[bit]!)];
}

const MAX_SHOWN = 6;

function cycleMistake(cycle: readonly DependencyNode[]): Mistake {
  const block = cycle.find((node) => node.block !== undefined)!.block!;
  const labels = cycle.map(({ label }) => label).sort();
  const rest = labels.length > MAX_SHOWN ? `, and ${labels.length - MAX_SHOWN} more` : "";
  const several = `these depend on each other: ${labels.slice(0, MAX_SHOWN).join(", ")}${rest}`;
  return { ...blockSource(block), message: labels.length === 1 ? `${labels[0]} depends on itself` : several };
}

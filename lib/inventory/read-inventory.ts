import { Cluster, Files, formatMistake, groupBy, InputError, Inventory, Mistake } from "../model";
import { Budget } from "./budget";
import { clustersOf } from "./cluster";
import { tellApart } from "./cluster-names";
import { Context } from "./context";
import { sharedIds } from "./shared-ids";
import { readTree } from "./read-tree";
import { validate } from "./validate";

const MAX_MISTAKES = 100;

/**
 * Reads and concatenates inventory files (HCL, YAML, JSON). Memory in MB, CPU in MHz, every range, count and default spelled out.
 * Throws InputError with the mistakes of all files, a hundred at most, in the order of the files and their lines.
 */
export function readInventory(files: Files, paths: readonly string[]): Inventory {
  if (paths.length === 0) throw InputError.at({ file: "inventory" }, "no inventory file is given");
  const budget = new Budget();
  const read = paths.map((path) => readFile(files, path, budget));
  const { clusters, mistakes: namesakes } = tellApart(read.flatMap((file) => file.clusters));
  const found = groupBy([...read.flatMap(({ mistakes }) => mistakes), ...namesakes, ...sharedIds(clusters)], ({ file }) => file);
  const mistakes = [...new Set([...paths, ...found.keys()])].flatMap((path) => inOrder(found.get(path) ?? []));
  if (mistakes.length > 0) throw new InputError(limited(mistakes));
  return { files: [...paths], clusters };
}

function readFile(files: Files, path: string, budget: Budget): { readonly clusters: readonly Cluster[]; readonly mistakes: Mistake[] } {
  try {
    const tree = readTree(files, path);
    const { inventory, mistakes: invalid, gaps } = validate(tree);
    const mistakes = [...tree.mistakes, ...invalid];
    const clusters = inventory
      ? clustersOf(inventory, new Context(tree.located, gaps, mistakes, budget, inventory.source !== undefined))
      : [];
    return { clusters, mistakes };
  } catch (error) {
    if (error instanceof InputError) return { clusters: [], mistakes: [...error.mistakes] };
    throw error;
  }
}

function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  const unique = new Map(mistakes.map((mistake) => [formatMistake(mistake), mistake]));
  return [...unique.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function limited(mistakes: readonly Mistake[]): readonly Mistake[] {
  const rest = mistakes.length - MAX_MISTAKES;
  if (rest <= 0) return mistakes;
  const last = mistakes[MAX_MISTAKES - 1]!;
  return [...mistakes.slice(0, MAX_MISTAKES - 1), { ...last, message: `${last.message} (and ${rest} more mistakes)` }];
}

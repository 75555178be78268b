import { CLUSTER_RESOURCES } from "./cluster-resources";
import { Effect, IfOff } from "./effect";
import { HARMLESS_RESOURCES } from "./harmless-resources";
import { VIRTUAL_MACHINE } from "./virtual-machine";

type Lines = readonly (readonly [path: string, effect: Effect])[];

/** A resource type's table. */
interface Table {
  /** Every argument with what its change does. */
  readonly lines: ReadonlyMap<string, Effect>;
  /** The blocks that it goes into, deciding for each of their arguments. */
  readonly blocks: ReadonlySet<string>;
}

const VM = "vsphere_virtual_machine";

export const TABLES: ReadonlyMap<string, Table> = new Map<string, Table>([
  [VM, tableOf(Object.entries(VIRTUAL_MACHINE).map(([path, [effect]]) => [path, effect]))],
  ...Object.entries(CLUSTER_RESOURCES).map(
    ([type, byEffect]) => [type, tableOf(Object.entries(byEffect).flatMap(([effect, paths]) => listed(paths, effect as Effect)))] as const,
  ),
  ...Object.entries(HARMLESS_RESOURCES).map(([type, paths]) => [type, tableOf(listed(paths, "harmless"))] as const),
]);

/** The line of the argument, or of the block around it where the table does not go into that. */
export function effectOf(type: string, path: string): Effect | undefined {
  const table = TABLES.get(type);
  return table?.lines.get(lineOf(path, table) ?? "");
}

export function ifOff(path: string): IfOff {
  return VIRTUAL_MACHINE[lineOf(path, TABLES.get(VM)!) ?? ""]?.[1] ?? "on";
}

export function argumentsWith(type: string, effect: Effect): readonly string[] {
  return [...(TABLES.get(type)?.lines ?? [])].flatMap(([path, each]) => (each === effect ? [path] : []));
}

export function isBlock(type: string, path: string): boolean {
  return TABLES.get(type)?.blocks.has(path) ?? false;
}

function lineOf(path: string, table: Table): string | undefined {
  for (let at = path; at !== ""; at = outerOf(at)) {
    if (table.lines.has(at)) return at === path || !table.blocks.has(at) ? at : undefined;
  }
  return undefined;
}

function tableOf(lines: Lines): Table {
  return { lines: new Map(lines), blocks: new Set(lines.map(([path]) => outerOf(path)).filter((block) => block !== "")) };
}

/** The block around an argument; empty where there is none. */
function outerOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("."), 0));
}

function listed(paths: string, effect: Effect): Lines {
  const names = paths.split(/\s+/).filter((name) => name !== "");
  return names.map((name) => [name, effect]);
}

import { CLUSTER_RESOURCES } from "./cluster-resources";
import { Effect, IfOff } from "./effect";
import { HARMLESS_RESOURCES } from "./harmless-resources";
import { VIRTUAL_MACHINE } from "./virtual-machine";

type Arguments = ReadonlyMap<string, Effect>;

/** By resource type: every argument with what its change does. */
export const TABLES: ReadonlyMap<string, Arguments> = new Map<string, Arguments>([
  ["vsphere_virtual_machine", new Map(Object.entries(VIRTUAL_MACHINE).map(([path, [effect]]) => [path, effect]))],
  ...Object.entries(CLUSTER_RESOURCES).map(
    ([type, byEffect]) => [type, new Map(Object.entries(byEffect).flatMap(([effect, paths]) => listed(paths, effect as Effect)))] as const,
  ),
  ...Object.entries(HARMLESS_RESOURCES).map(([type, paths]) => [type, new Map(listed(paths, "harmless"))] as const),
]);

/** The line of the argument, or of the block around it where that has no lines for its arguments. */
export function effectOf(type: string, path: string): Effect | undefined {
  const known = TABLES.get(type);
  return known?.get(lineOf(path, known) ?? "");
}

export function ifOff(path: string): IfOff {
  const known = TABLES.get("vsphere_virtual_machine")!;
  return VIRTUAL_MACHINE[lineOf(path, known) ?? ""]?.[1] ?? "on";
}

export function argumentsWith(type: string, effect: Effect): readonly string[] {
  return [...(TABLES.get(type) ?? [])].flatMap(([path, each]) => (each === effect ? [path] : []));
}

function lineOf(path: string, known: Arguments): string | undefined {
  if (known.has(path)) return path;
  const block = path.replace(/\.?[^.]*$/, "");
  if (block === "" || [...known.keys()].some((other) => other.startsWith(`${block}.`))) return undefined;
  return lineOf(block, known);
}

function listed(paths: string, effect: Effect): readonly (readonly [string, Effect])[] {
  const names = paths.split(/\s+/).filter((name) => name !== "");
  return names.map((name) => [name, effect]);
}

import { Effect, IfOff } from "./effect";
import type * as Tables from "./tables";

export type { Effect, IfOff } from "./effect";

/** The types of the providers that the tables are about; resources of other providers change nothing of a cluster. */
export function isJudgedProvider(type: string): boolean {
  return /^(?:vsphere|passthru)_/.test(type);
}

/** Whether the tables have the type at all: those of the vSphere provider 2.16.1, and this package's own. */
export function isKnownType(type: string): boolean {
  return tables().TABLES.has(type);
}

/**
 * What a change of an argument does, by its path without indexes: `memory`, `disk.size`, `clone.customize.linux_options.domain`.
 * Undefined for a type or an argument that the tables don't have: it is newer than they are.
 */
export function effectOf(type: string, path: string): Effect | undefined {
  return tables().effectOf(type, path);
}

/** Whether the table goes into the block: it then decides for each of its arguments. */
export function isBlock(type: string, path: string): boolean {
  return tables().isBlock(type, path);
}

/** The arguments of a type with an effect, such as all by which it changes a cluster; empty for a type that is not known. */
export function argumentsWith(type: string, effect: Effect): readonly string[] {
  return tables().argumentsWith(type, effect);
}

/** Of a VM that is off: whether an update of the argument powers it on. What is not known does. */
export function ifOff(path: string): IfOff {
  return tables().ifOff(path);
}

let loaded: typeof Tables | undefined;

// The tables are large, and a synthesized stack changes nothing that is looked up in them. A bundle pays for each `require`.
function tables(): typeof Tables {
  return (loaded ??= require("./tables") as typeof Tables);
}

import { World } from "./world";
import { Value } from "./value";
import { Work } from "./work";

/** A function: its arguments are known themselves, though lists and maps may hold what is not. */
export type Implementation = (args: readonly Value[], work: Work, around: World | undefined) => Value;

export type Table = readonly (readonly [name: string, implementation: Implementation])[];

import { Located, Mistake } from "../model";

/** What a reader makes of a file: the tree that JSON would have, where its parts stand, and what was wrong on the way. */
export interface Tree {
  readonly located: Located;
  readonly mistakes: readonly Mistake[];
}

/** Stands in a tree for a value whose mistake has been reported already. */
export const REPORTED = Symbol("reported");

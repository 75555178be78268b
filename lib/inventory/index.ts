import { Files, InputError, Inventory } from "../model";

/** Reads and concatenates inventory files; throws InputError with every mistake of all of them. */
export function readInventory(files: Files, paths: readonly string[]): Inventory {
  void files;
  throw InputError.at({ file: paths[0] ?? "" }, "stub");
}

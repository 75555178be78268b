import { posix } from "node:path";
import { Files, InputError } from "./model";

const NAMES = ["inventory.hcl", "inventory.yaml", "inventory.json"];

/** No inventory was given, and none is where one is looked for. */
export class MissingInventory extends InputError {
  constructor(places: readonly string[]) {
    const where = places.map((place) => (place === "." ? "here" : `in ${place}`)).join(", ");
    super([{ file: NAMES[0]!, message: `no inventory found (looked ${where} for ${NAMES.join(", ")}); name one with --inventory` }]);
  }
}

/**
 * The inventories that go with the paths: in the folder or beside it, beside the file, else in the working directory.
 * Throws MissingInventory where there is none, and InputError where one place has several.
 */
export function findInventory(files: Files, paths: readonly string[]): readonly string[] {
  const beside = paths.filter((path) => path !== "-").map((path) => firstWithInventory(files, placesOf(files, path)));
  const found = [...new Set(beside.flat())];
  if (found.length > 0) return found;
  const here = inventoriesIn(files, ".");
  if (here.length > 0) return here;
  throw new MissingInventory([...new Set([...paths.flatMap((path) => (path === "-" ? [] : placesOf(files, path))), "."])]);
}

function placesOf(files: Files, path: string): readonly string[] {
  return files.kind(path) === "folder" ? [posix.normalize(path), posix.join(path, "..")] : [posix.dirname(path)];
}

function firstWithInventory(files: Files, places: readonly string[]): readonly string[] {
  return places.map((place) => inventoriesIn(files, place)).find((found) => found.length > 0) ?? [];
}

function inventoriesIn(files: Files, folder: string): readonly string[] {
  const found = NAMES.map((name) => posix.join(folder, name)).filter((path) => files.kind(path) === "file");
  if (found.length <= 1) return found;
  throw InputError.at({ file: found[0]! }, `${found.slice(1).join(" and ")} beside it: which one is meant? Name it with --inventory`);
}

import { posix } from "node:path";
import { Files, listing } from "../../model";
import { configurationFiles } from "./configuration-files";
import { decode, joinPath, MAX_HCL_BYTES, readable } from "./text";

export const MANIFEST = "manifest.json";

/** How far is looked for roots: names of files and folders, and levels of folders. */
const MAX_NAMES = 20_000;
const MAX_DEPTH = 4;

/** What is hidden, what tools fetch, and where people keep what roots are made of. */
const NOT_LOOKED_INTO = /^\.|^(?:node_modules|modules)$/;

/** `source = "../modules/vm"` or, in JSON, `"source": "../modules/vm"`: a folder that is a part of another configuration. */
const LOCAL_SOURCE = /\bsource"?\s*[=:]\s*"(\.\.?\/[^"]*)"/g;

/**
 * Folders below one that look like roots, in the order of their paths: those with a configuration that no other one names as a module,
 * and what cdktf wrote. A guess, good enough to name them to a person; nothing is judged by it.
 */
export function rootsBelow(files: Files, folder: string): readonly string[] {
  const found = configurationsBelow(files, folder);
  const called = new Set([folder, ...found].flatMap((each) => modulesOf(files, each)));
  return found.filter((each) => !called.has(each));
}

/** What may be given in place of a folder. */
export function rootsInWords(roots: readonly string[]): string {
  const [first] = roots;
  return roots.length === 1
    ? `a configuration is in ${first}: give that`
    : `configurations are in ${listing(roots)}: give one of them, several as one batch, or several with --each`;
}

function configurationsBelow(files: Files, top: string): readonly string[] {
  const found: string[] = [];
  let names = 0;
  const look = (folder: string, depth: number): void => {
    const inside = readable(() => files.list(folder));
    for (const name of inside) {
      if (++names > MAX_NAMES) return;
      const path = posix.join(folder, name);
      if (NOT_LOOKED_INTO.test(name) || files.kind(path) !== "folder") continue;
      const isCdktf = files.kind(joinPath(path, MANIFEST)) === "file";
      if (isCdktf || readable(() => configurationFiles(files, path)).length > 0) found.push(path);
      if (!isCdktf && depth < MAX_DEPTH) look(path, depth + 1);
    }
  };
  look(top, 1);
  return found;
}

/** The folders of the modules that a configuration calls, as far as it says so in plain words. */
function modulesOf(files: Files, folder: string): readonly string[] {
  const paths = readable(() => configurationFiles(files, folder));
  const texts = paths.flatMap((path) => readable(() => [decode(path, files.read(path, MAX_HCL_BYTES))]));
  return texts.flatMap((text) => [...text.matchAll(LOCAL_SOURCE)].map(([, source]) => posix.join(folder, source!).replace(/\/$/, "")));
}

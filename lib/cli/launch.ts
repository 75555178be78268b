import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

/**
 * Starts the bundled command (command.js) from V8's cache of its compiled code, which the build leaves beside it: compiling is
 * about a quarter of a small check. A cache that another version of Node made is refused by V8 itself; then, as where there is
 * none, the command is compiled as ever. Node has a cache of its own from 22.1 on (module.enableCompileCache).
 */
const file = join(__dirname, "command.js");
const cachedData = readIfThere(join(__dirname, "command.cache"));
const script = new Script(Module.wrap(readFileSync(file, "utf8")), { filename: "command.js", ...(cachedData ? { cachedData } : {}) });
const command = script.runInThisContext() as (this: unknown, ...args: readonly unknown[]) => void;
command.call({}, {}, createRequire(file), { exports: {} }, file, __dirname);

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

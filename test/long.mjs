// The properties alone, with many more cases than `npm test` asks, and new ones each time: the seed that is printed repeats them.
// `npm run test:long -- test/engine` narrows it. PASSTHRU_LONG is how many times as many, PASSTHRU_SEED the seed.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";

process.chdir(join(import.meta.dirname, ".."));
const { PASSTHRU_LONG: times = "50", PASSTHRU_SEED: seed = String(randomInt(2 ** 31)) } = process.env;
console.log(`PASSTHRU_LONG=${times} PASSTHRU_SEED=${seed}`);

const narrowed = process.argv.slice(2);
const jest = ["node_modules/jest/bin/jest.js", "--runInBand", "--verbose"];
const which = narrowed.length > 0 ? narrowed : ["--findRelatedTests", "test/properties.ts"];
const { status } = spawnSync(process.execPath, [...jest, ...which], {
  stdio: "inherit",
  env: { ...process.env, PASSTHRU_LONG: times, PASSTHRU_SEED: seed },
});
process.exitCode = status ?? 1;

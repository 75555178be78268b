import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const [ENGINE, TESTS] = ["lib/engine", "test/engine"];

/** By their places below a folder, without `.ts`: `packing/bins`. */
function filesIn(folder: string, below = ""): readonly string[] {
  return readdirSync(join(root, folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? filesIn(folder, path) : path.endsWith(".ts") ? [path.slice(0, -".ts".length)] : [];
  });
}

/** Asked as a whole: a changed question is held to an inventory in which the change is written (prepared.test.ts). */
const AS_A_WHOLE = ["changes/"];

/** Parts of one thing, which have the test of what they are parts of. */
const PARTS_OF: Readonly<Record<string, readonly string[]>> = {
  "settings/outcomes": [
    "settings/cluster-outcomes",
    "settings/host-outcomes",
    "settings/hosts",
    "settings/outcome",
    "settings/override-outcomes",
    "settings/pool-outcomes",
    "settings/pool-tree",
    "settings/rule-outcomes",
    "settings/which-cluster",
  ],
  "failover/worst-search": ["failover/filled-placements", "failover/most-off"],
  "failover/failover-prover": ["failover/victim"],
  "failover/why-off": ["failover/named-failure"],
};

const textOf = (folder: string, file: string): string => readFileSync(join(root, folder, `${file}.ts`), "utf8");

/** Of files that declare types alone there is nothing to be tested; those beside the folders are asked by every test of `judge`. */
const isTested = (file: string): boolean =>
  file.includes("/") &&
  !AS_A_WHOLE.some((folder) => file.startsWith(folder)) &&
  /^export (abstract |async )?(function|class|const|enum)/m.test(textOf(ENGINE, file));

const all = filesIn(ENGINE);
const files = all.filter(isTested);
const tests = filesIn(TESTS).filter((file) => file.endsWith(".test"));
const folders = new Set(all.flatMap((file) => file.split("/").slice(0, -1).slice(0, 1)));

test("each file of the engine has a test in its place, or one that imports it", () => {
  const imports = tests.map((file) => textOf(TESTS, file)).join("\n");
  const parts = Object.values(PARTS_OF).flat();
  const alone = files.filter((file) => !parts.includes(file));
  expect(alone.filter((file) => !tests.includes(`${file}.test`) && !imports.includes(`/${ENGINE}/${file}"`))).toEqual([]);
  expect(Object.keys(PARTS_OF).filter((file) => !tests.includes(`${file}.test`))).toEqual([]);
  expect(parts.filter((file) => !files.includes(file))).toEqual([]);
  expect(files.length).toBeGreaterThan(60);
});

test("each test in a folder of the engine has the name of what it tests", () => {
  const strays = tests.filter((file) => folders.has(file.split("/")[0]!) && !all.includes(file.slice(0, -".test".length)));
  expect(strays.filter((file) => file.includes("/"))).toEqual([]);
});

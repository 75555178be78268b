import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE } from "../../lib/rules";
import { changesOf, FAILING_RULE, FINDING, findingOf, fixtureNames, FIXTURES, nearMissFindingOf, wrongNames } from "./fixture";

const ids = CATALOGUE.map(({ id }) => id);
const RULES = join(__dirname, "../../lib/rules");

/** No more lines than that are other in a near miss. */
const NEAR = 12;

test("each rule of the catalogue has its file, and each file its line in the catalogue", () => {
  const machinery = ["catalogue.ts", "index.ts", "rule.ts", "run.ts"];
  const files = readdirSync(RULES).filter((name) => name.endsWith(".ts") && !machinery.includes(name));
  expect(files).toEqual(ids.map((id) => `${id}.ts`).sort());
});

test("each rule of the catalogue has its fixture folder, and each folder its rule", () => {
  expect(fixtureNames()).toEqual([...ids].sort());
});

test.each(fixtureNames())("%s has in its folder what a fixture has", (id) => {
  expect(wrongNames(readdirSync(join(FIXTURES, id)))).toEqual([]);
});

describe("a fixture fires, with the finding that is written", () => {
  // After a change that is meant: npm run update-rules.
  test.each(fixtureNames())("%s", (id) => {
    const finding = findingOf(id);
    expect(finding).not.toBe("");
    expect(finding).toBe(readFileSync(join(FIXTURES, id, FINDING), "utf8"));
  });
});

describe("a near miss is near, and a miss", () => {
  test.each(fixtureNames())("%s", (id) => {
    expect(nearMissFindingOf(id)).toBe("");
    if (id === FAILING_RULE) return;
    const changed = changesOf(id).map(([fires, misses]) => differentLines(fires, misses));
    const lines = changed.reduce((sum, amount) => sum + amount, 0);
    expect([lines > 0, lines <= NEAR]).toEqual([true, true]);
  });
});

/** Lines that only one of two texts has. */
function differentLines(a: string, b: string): number {
  const counts = new Map<string, number>();
  for (const line of a.split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of b.split("\n")) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}

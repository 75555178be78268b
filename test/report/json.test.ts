import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Report } from "../../lib/model";
import { findFormat, PLAIN } from "../../lib/report";

const json = findFormat("json")!;
const hostile = JSON.parse(readFileSync(join(__dirname, "../data/reports/hostile.json"), "utf8")) as Report;

test("the JSON says exactly what the report says", () => {
  expect(JSON.parse(json(hostile, PLAIN))).toEqual(hostile);
});

test("the JSON has no command to a CI system, and still says the same", () => {
  const commanding = { ...hostile, summary: { ...hostile.summary, inventory: ["##vso[task.complete]", "##[error]x"] } };
  const text = json(commanding, PLAIN);
  expect(text).not.toMatch(/##\w*\[|^\s*::/m);
  expect(JSON.parse(text)).toEqual(commanding);
});

test("the JSON has no control or formatting character but its line feeds, also beyond the basic plane", () => {
  const tagged = { ...hostile, summary: { ...hostile.summary, inventory: ["\u{e0041}\u0085\u2028"] } };
  const text = json(tagged, PLAIN);
  expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Zl}/u);
  expect(JSON.parse(text)).toEqual(tagged);
});

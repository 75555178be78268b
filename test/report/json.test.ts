import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Report } from "../../lib/model";
import { findFormat, PLAIN } from "../../lib/report";

const json = findFormat("json")!;
const hostile = JSON.parse(readFileSync(join(__dirname, "../data/reports/hostile.json"), "utf8")) as Report;

test("the JSON says exactly what the report says", () => {
  expect(JSON.parse(json(hostile, PLAIN))).toEqual(hostile);
});

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createColors } from "picocolors";
import width from "string-width";
import { Report } from "../../lib/model";
import { findFormat, PLAIN } from "../../lib/report";

const folder = join(__dirname, "../data/reports");
const names = readdirSync(folder).flatMap((name) => (name.endsWith(".json") ? [name.slice(0, -".json".length)] : []));
const table = findFormat("table")!;

function read(name: string): Report {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Report;
}

// After a change that is meant: UPDATE_GOLDEN=1 npx jest test/report, and look at the difference.
test.each(names)("the table of %s looks as agreed", (name) => {
  const file = join(folder, `${name}.txt`);
  const text = table(read(name), PLAIN);
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
});

test.each(["fits", "does-not-fit", "unknown", "large"])("the table of %s keeps to 80 columns", (name) => {
  const wide = table(read(name), PLAIN)
    .split("\n")
    .filter((line) => width(line) > 80);
  expect(wide).toEqual([]);
});

test.each(names)("colour changes nothing in the text of %s", (name) => {
  const coloured = table(read(name), { ...PLAIN, colours: createColors(true) });
  expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(table(read(name), PLAIN));
});

test("green marks only what is proved", () => {
  const marked = { ...PLAIN, colours: { ...PLAIN.colours, green: (text: string) => `<${text}>` } };
  const green = (name: string): readonly string[] => [...table(read(name), marked).matchAll(/<([^>]*)>/g)].map((match) => match[1]!);
  expect(green("fits")).toEqual(["✓ fits", "guaranteed", "survives", "admits"]);
  expect(green("does-not-fit")).toEqual(["admits"]);
  expect(green("unknown")).toEqual([]);
});

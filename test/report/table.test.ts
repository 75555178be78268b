import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "../properties";
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

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "\u001b[2J",
    "\u009b31m",
    "\u001b]0;title\u0007",
    "\r::error::x",
    "\n::set-output name=a::b",
    "##vso[task.complete]",
    "##[error]",
    "\u202e",
  ),
);

test("nothing that the input contains controls the terminal, or the system whose log the table ends up in", () => {
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => {
      const spoilt = new Map([
        ["train-4", a],
        ["esx-01.lab", b],
        ["stacks/training.ts", c],
      ]);
      const report = JSON.parse(JSON.stringify(read("does-not-fit")), (key, value: unknown) =>
        key === "message" ? d : typeof value === "string" ? (spoilt.get(value) ?? value) : value,
      ) as Report;
      const output = table(report, PLAIN);
      expect(output).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u);
      expect(output).not.toMatch(/^\s*::/m);
      expect(output).not.toMatch(/##\w*\[/);
    }),
  );
});

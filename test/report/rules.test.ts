import { PLAIN, rulesText, ruleText } from "../../lib/report";
import { width } from "../../lib/report/lines";
import { CATALOGUE } from "../../lib/rules";

const rule = {
  id: "label-near-miss",
  severity: "warning",
  title: "labels differ only by case",
  explanation: "They are compared.",
  fix: "mend it",
} as const;

test("the list has each rule with its severity and what it finds", () => {
  expect(rulesText([rule, { ...rule, id: "x", severity: "note", title: "word ".repeat(20).trim() }], PLAIN)).toBe(
    [
      "warning  label-near-miss  labels differ only by case",
      "note     x                word word word word word word word word word word word",
      "                          word word word word word word word word word",
      "",
    ].join("\n"),
  );
});

test("a page explains one rule, with an example where there is one", () => {
  const page = "warning label-near-miss\n  labels differ only by case\n\n  They are compared.\n\n";
  expect(ruleText(rule, PLAIN)).toBe(`${page}  fix: mend it\n`);
  expect(ruleText({ ...rule, example: "a is A" }, PLAIN)).toBe(`${page}  example: a is A\n\n  fix: mend it\n`);
});

test("the list and every page keep to 80 columns", () => {
  const lines = [rulesText(CATALOGUE, PLAIN), ...CATALOGUE.map((each) => ruleText(each, PLAIN))].flatMap((text) => text.split("\n"));
  expect(lines.filter((line) => width(line) > 80)).toEqual([]);
});

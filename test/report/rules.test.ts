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

test("a page explains one rule, with a finding as the table has it", () => {
  const page = "warning label-near-miss\n  labels differ only by case\n\n  They are compared.\n\n  fix: mend it\n\n  example:\n\n";
  const finding = "warning label-near-miss   a\n  a is A\n";
  expect(ruleText(rule, finding, PLAIN)).toBe(page + finding);
});

test("the list and every page keep to 80 columns, whatever the finding keeps to", () => {
  const texts = [rulesText(CATALOGUE, PLAIN), ...CATALOGUE.map((each) => ruleText(each, "", PLAIN))];
  expect(texts.flatMap((text) => text.split("\n")).filter((line) => width(line) > 80)).toEqual([]);
});

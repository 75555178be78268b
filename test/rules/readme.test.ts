import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE } from "../../lib/rules";

const file = join(__dirname, "../../README.md");
const MARKED = /(<!-- rules: generated from the catalogue -->\n)[^]*?(<!-- \/rules -->)/;

// After a change that is meant: UPDATE_GOLDEN=1 npx jest test/rules/readme.
test("the README's table of rules is that of the catalogue", () => {
  const rows = [...CATALOGUE]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, severity, title }) => `| \`${id}\` | ${severity} | ${title} |`);
  const table = ["| rule | severity | what is found |", "|---|---|---|", ...rows, ""].join("\n");
  const readme = readFileSync(file, "utf8");
  expect(readme).toMatch(MARKED);
  const current = readme.replace(MARKED, (_, begin: string, end: string) => begin + table + end);
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(file, current);
  expect(readFileSync(file, "utf8")).toBe(current);
});

test("no title of a rule breaks the table", () => {
  expect(CATALOGUE.filter(({ title }) => /[|\n<]/.test(title))).toEqual([]);
});

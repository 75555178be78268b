import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RuleDescription } from "../lib/model";
import { CATALOGUE } from "../lib/rules";
import { FINDING, FIXTURES } from "../test/rules/fixture";

const rules: readonly RuleDescription[] = [...CATALOGUE].sort((a, b) => (a.id < b.id ? -1 : 1));

/** What is written of the rules from what they say of themselves and the findings of their fixtures: texts by file. */
export function ruleDocs(): ReadonlyMap<string, string> {
  return new Map([
    ["lib/rules/examples.json", `${JSON.stringify(Object.fromEntries(rules.map((rule) => [rule.id, exampleOf(rule)])), null, 2)}\n`],
    ["docs/rules.md", rulesPage()],
  ]);
}

function exampleOf({ id }: RuleDescription): string {
  const file = join(FIXTURES, id, FINDING);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function rulesPage(): string {
  return `<!-- Written by \`npm run update-rules\` from lib/rules and test/rules/fixtures. -->

# Rules

Everything that \`passthru check\` can find. \`passthru rules\` lists it at the command line, \`passthru rules RULE\` explains one.
A finding at or above \`--fail-on\` (error by default) keeps the gate shut. The severity is that of most of a rule's findings; where
one has another, the rule says when. A finding that explains a verdict is a note where its cluster accepts that verdict (\`accept\`).

| rule | severity | what is found |
|---|---|---|
${rules.map(({ id, severity, title }) => `| [\`${id}\`](#${id}) | ${severity} | ${title} |\n`).join("")}
${rules.map(section).join("\n")}`;
}

function section(rule: RuleDescription): string {
  const { id, severity, explains, title, explanation, fix } = rule;
  const verdict = explains === undefined ? "" : ` It explains the verdict \`${explains}\`.`;
  return `## ${id}

**${severity}**: ${title}.

${explanation}${verdict}

**Fix:** ${fix}.

[The example](../test/rules/fixtures/${id}):

\`\`\`text
${exampleOf(rule).trimEnd()}
\`\`\`
`;
}

import { RuleDescription } from "../model";
import { wrap } from "./lines";
import { Look } from "./look";

/** Every rule: severity, id, and below it what it finds. */
export function ruleList(rules: readonly RuleDescription[], { columns, colours }: Look): string {
  const ids = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.flatMap(({ id, severity, title }) => {
    const lead = `${severity.padEnd(SEVERITY_COLUMNS)}  ${id.padEnd(ids)}  `;
    return wrap(title, columns, lead, " ".repeat(lead.length)).map((line, i) => (i === 0 ? line.replace(id, colours.bold) : line));
  });
  return `${lines.join("\n")}\n`;
}

const SEVERITY_COLUMNS = "warning".length;

/** One rule, explained; the example is a finding as the table has it. */
export function rulePage(rule: RuleDescription, example: string, { columns, colours }: Look): string {
  const { id, severity, title, explanation, fix } = rule;
  const indented = (text: string, lead: string): readonly string[] => wrap(text, columns, lead, " ".repeat(lead.length));
  const blocks = [
    [`${severity} ${colours.bold(id)}`, ...indented(title, "  ")],
    indented(explanation, "  "),
    indented(fix, "  fix: "),
    ["  example:"],
    [example.trimEnd()],
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

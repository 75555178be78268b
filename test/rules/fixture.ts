import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check, CheckOptions } from "../../lib/check";
import { diskFiles } from "../../lib/disk-files";
import { Files, Report } from "../../lib/model";
import { findFormat, PLAIN } from "../../lib/report";
import { drsAssumed } from "../../lib/rules/drs-assumed";

/**
 * The folder of a rule: a stack and an inventory that make it fire, the same with something changed so that it just does not
 * (`near-miss.` before the name of what is changed), the finding as the table shows it, and what the check is asked, if anything.
 */
export const FIXTURES = join(__dirname, "fixtures");

const STACKS = ["stack.tf", "stack.tf.json", "plan.json"];
const INVENTORY = "inventory.hcl";
const OPTIONS = "options.json";
const VALUES = "values.tfvars";
export const FINDING = "finding.txt";

/** No input makes a rule fail: for the finding of one that does, another is broken. */
export const FAILING_RULE = "rule-failed";

export function fixtureNames(): readonly string[] {
  return readdirSync(FIXTURES).sort();
}

/** The names in the folder that mean something, in which nothing else may be. */
export function wrongNames(names: readonly string[]): readonly string[] {
  const given = [...STACKS, INVENTORY];
  const known = [...given, ...given.map(nearMissOf), OPTIONS, VALUES, FINDING];
  return names.filter((name) => !known.includes(name));
}

/** What is changed in the near miss, as pairs of texts. */
export function changesOf(id: string): readonly (readonly [fires: string, misses: string])[] {
  const text = (name: string): string => readFileSync(join(FIXTURES, id, name), "utf8");
  const names = readdirSync(join(FIXTURES, id));
  return names.filter((name) => names.includes(nearMissOf(name))).map((name) => [text(name), text(nearMissOf(name))]);
}

/** The rule's findings where it fires, as the table shows them; empty where there are none. */
export function findingOf(id: string): string {
  return id === FAILING_RULE ? withBrokenRule(() => textOf(id, (name) => name)) : textOf(id, (name) => name);
}

/** The same for the near miss, of which there should be none. */
export function nearMissFindingOf(id: string): string {
  const names = readdirSync(join(FIXTURES, id));
  return textOf(id, (name) => (names.includes(nearMissOf(name)) ? nearMissOf(name) : name));
}

function nearMissOf(name: string): string {
  return `near-miss.${name}`;
}

function textOf(id: string, choose: (name: string) => string): string {
  const folder = join(FIXTURES, id);
  const [stack = "stack.tf"] = readdirSync(folder).filter((name) => STACKS.includes(name));
  const options = existsSync(join(folder, OPTIONS)) ? (JSON.parse(readFileSync(join(folder, OPTIONS), "utf8")) as CheckOptions) : {};
  const files = filesIn(folder);
  return blocksOf(check({ files, paths: [choose(stack)], inventories: [choose(INVENTORY)] }, options), id);
}

/** Paths are inside the folder, so that findings name the file and not the place of the checkout. */
function filesIn(folder: string): Files {
  return {
    kind: (path) => diskFiles.kind(join(folder, path)),
    read: (path, maxBytes) => diskFiles.read(join(folder, path), maxBytes),
    list: (path) => diskFiles.list(join(folder, path)),
  };
}

/** The table's blocks about one rule. */
function blocksOf(report: Report, id: string): string {
  const findings = report.findings.filter(({ rule }) => rule === id);
  const blocks = findFormat("table")!({ ...report, findings }, PLAIN)
    .trimEnd()
    .split("\n\n");
  return blocks
    .filter((block) => new RegExp(`^(error|warning|note) ${id}(\\s|$)`).test(block))
    .map((block) => `${block}\n`)
    .join("\n");
}

function withBrokenRule(action: () => string): string {
  const intact = drsAssumed.check;
  drsAssumed.check = () => {
    throw new TypeError("x is not a function");
  };
  try {
    return action();
  } finally {
    drsAssumed.check = intact;
  }
}

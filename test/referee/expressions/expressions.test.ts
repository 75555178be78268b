import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Files, InputError } from "../../../lib/model";
import { BigFloat } from "../../../lib/stack/expression/big-float";
import { isList, isMap, toText, Unknown, Value, ValueMap, whyUnknown } from "../../../lib/stack/expression/value";
import { readModules } from "../../../lib/stack/modules/read-modules";
import { isConfiguration, openPath } from "../../../lib/stack/readers/open";
import { Variables } from "../../../lib/stack/resolve/variables";
import { Workspace } from "../../../lib/stack/resolve/workspace";
import { describeWhere } from "../../e2e/rig";
import { filesOf } from "../../stack/files";
import { ExactJson, ExactNumber, parseExactJson } from "../exact-json";
import { Referee } from "../referee";

/**
 * Each expression of table.txt in an output of its own, planned by Terraform and read by us: the values are equal, or ours is unknown with
 * a reason. What Terraform refuses has no value here either.
 *
 * A line that begins with a mark is known to disagree, and has to be mended: `!` we give another value, `?` we give none although
 * Terraform has one. A mark on a line that agrees fails, too: UPDATE_GOLDEN=1 takes it away.
 */
const FOLDER = "test/referee/expressions";
const TABLE = join(FOLDER, "table.txt");

type Mark = "!" | "?" | "";
interface Row {
  readonly group: string;
  readonly mark: Mark;
  readonly expression: string;
}

const ROWS = rowsOf(readFileSync(TABLE, "utf8"));
const FILES = { "names.tf": readFileSync(join(FOLDER, "names.tf"), "utf8"), ...textsIn(join(FOLDER, "files")) };

/** What there is in place of a value. */
type Outcome = { readonly value: ExactJson } | "refused" | { readonly unknown: string };

describeWhere(["terraform"], "an expression means what it means to Terraform", () => {
  let theirs: readonly Outcome[];
  let ours: readonly Outcome[];

  beforeAll(async () => {
    ours = read();
    const referee = await Referee.start();
    try {
      const outputs = ROWS.map(({ expression }, at) => `output "e${at}" {\n  value = try([${expression}], "refused")\n}\n`);
      const planned = await referee.plan({ files: { ...FILES, "outputs.tf": outputs.join("") } });
      if ("refusal" in planned) throw new Error(planned.refusal);
      theirs = outcomesOf(planned.plan);
    } finally {
      referee.stop();
    }
    if (process.env["UPDATE_GOLDEN"] === "1")
      writeFileSync(
        TABLE,
        withoutMended(readFileSync(TABLE, "utf8"), (at) => found(at).mark),
      );
  });

  const found = (at: number) => compare(theirs[at]!, ours[at]!);

  test("and none stands in the table twice", () => {
    const expressions = ROWS.map(({ expression }) => expression);
    expect(expressions.filter((each, at) => expressions.indexOf(each) !== at)).toEqual([]);
  });

  describe.each([...new Set(ROWS.map(({ group }) => group))])("%s", (group) => {
    const rows = ROWS.flatMap((row, at) => (row.group === group ? [[row.expression, row.mark, at] as const] : []));
    test.each(rows)("%s", (_, mark, at) => {
      const disagreement = found(at);
      if (disagreement.mark === mark) return;
      if (mark !== "") throw new Error(`marked ${mark}, and ${disagreement.says}: take the mark away`);
      throw new Error(disagreement.says);
    });
  });
});

function compare(theirs: Outcome, ours: Outcome): { readonly mark: Mark; readonly says: string } {
  const says = `Terraform: ${shown(theirs)}; we: ${shown(ours)}`;
  const isOpen = ours === "refused" || "unknown" in ours;
  if (isOpen && ours !== "refused" && ours.unknown === "") return { mark: "!", says: `${says}, without a reason` };
  if (theirs === "refused" || "unknown" in theirs) return { mark: isOpen ? "" : "!", says };
  if (isOpen) return { mark: "?", says };
  return { mark: isDeepStrictEqual(theirs.value, ours.value) ? "" : "!", says };
}

function shown(outcome: Outcome): string {
  if (outcome === "refused") return outcome;
  return "value" in outcome ? JSON.stringify(outcome.value) : `unknown: ${outcome.unknown}`;
}

function outcomesOf(plan: string): readonly Outcome[] {
  const { planned_values } = parseExactJson(plan) as { planned_values: { outputs: Record<string, { value?: ExactJson }> } };
  return ROWS.map((_, at) => {
    const { value } = planned_values.outputs[`e${at}`]!;
    if (value === undefined) return { unknown: "known after apply" };
    return Array.isArray(value) ? { value: value[0] as ExactJson } : "refused";
  });
}

/** As the reader has them: through the files, so that what HCL's parser makes of an expression counts. */
function read(): readonly Outcome[] {
  const outputs = new Map(ROWS.map(({ expression }, at) => [`stack/e${at}.tf`, `output "e${at}" {\n  value = [${expression}]\n}\n`]));
  const names = Object.entries(FILES).map(([path, text]) => [`stack/${path}`, text] as const);
  const values = outputValues(filesOf(Object.fromEntries([...names, ...outputs])), outputs);
  return ROWS.map((_, at) => {
    const value = values.get(`e${at}`);
    if (value === undefined) return "refused";
    return isList(value) ? exact(value[0]!) : exact(value);
  });
}

/** Where a file can't be read, the others are. */
function outputValues(files: Files, mayBeBroken: ReadonlyMap<string, string>): ValueMap {
  try {
    const configurations = openPath(files, "stack").filter(isConfiguration);
    return new Workspace(readModules(files, configurations), new Variables(files, {}, []), { files }).stacks[0]!.outputs();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const broken = new Set(error.mistakes.map(({ file }) => file).filter((file) => mayBeBroken.has(file)));
    if (broken.size === 0) throw error;
    return outputValues({ ...files, list: (path) => files.list(path).filter((name) => !broken.has(`${path}/${name}`)) }, mayBeBroken);
  }
}

function exact(value: Value): Outcome {
  let open: string | undefined;
  const part = (each: Value): ExactJson => {
    const why = whyUnknown(each);
    if (why !== undefined) open ??= why;
    if (typeof each === "number" || each instanceof BigFloat) return ExactNumber.of(toText(each)!);
    if (each === null || typeof each === "string" || typeof each === "boolean") return each;
    if (isList(each)) return each.map(part);
    if (isMap(each)) return Object.fromEntries([...each].map(([key, inside]) => [key, part(inside)]));
    // A kind of value that is not plain data.
    open ??= each instanceof Unknown ? each.why : "not plain data";
    return null;
  };
  const whole = part(value);
  return open === undefined ? { value: whole } : { unknown: open };
}

function rowsOf(table: string): readonly Row[] {
  let group = "";
  return table.split("\n").flatMap((line) => {
    if (line.startsWith("#")) group = line.slice(2);
    return isRow(line) ? [{ group, mark: markOf(line), expression: line.replace(/^[!?] /, "") }] : [];
  });
}

function isRow(line: string): boolean {
  return line !== "" && !line.startsWith("#");
}

function markOf(line: string): Mark {
  return line.startsWith("! ") ? "!" : line.startsWith("? ") ? "?" : "";
}

function withoutMended(table: string, markFound: (at: number) => Mark): string {
  let at = -1;
  const lines = table.split("\n").map((line) => {
    if (!isRow(line)) return line;
    const mark = markFound(++at);
    return markOf(line) !== "" && mark === "" ? line.slice(2) : line;
  });
  return lines.join("\n");
}

function textsIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

import { Files, InputError, Mistake, nearMiss, quoted } from "../model";
import { Opened, openPath } from "./readers/open";

/** Every stack of every path once, each with a name of its own. Throws InputError with the mistakes of all paths. */
export function openBatch(files: Files, paths: readonly string[]): readonly Opened[] {
  const mistakes: Mistake[] = [];
  const stacks: Opened[] = [];
  for (const path of new Set(paths.map(normalized))) {
    try {
      stacks.push(...withOwnNames(openPath(files, path), stacks));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      mistakes.push(...error.mistakes);
    }
  }
  if (paths.length === 0) throw InputError.at({ file: "" }, "no path is given, expected a cdktf.out folder or a cdk.tf.json");
  if (mistakes.length > 0) throw new InputError(mistakes);
  return stacks;
}

/** Two spellings of one path are one path. */
function normalized(path: string): string {
  return path
    .replace(/\/(\.?\/)+/g, "/")
    .replace(/^(\.\/)+(?=.)/, "")
    .replace(/(.)\/$/, "$1");
}

/** A stack whose name is taken gets a number; one whose file was read already is left out. */
function withOwnNames(opened: readonly Opened[], before: readonly Opened[]): readonly Opened[] {
  const files = new Set(before.map(({ file }) => file));
  const taken = new Set(before.map(({ name }) => name));
  const names = new Map<string, string>();
  for (const { name, file } of opened) {
    const same = before.find((each) => each.file === file);
    names.set(name, same?.name ?? freeName(name, taken));
    taken.add(names.get(name)!);
  }
  return opened
    .filter(({ file }) => !files.has(file))
    .map((stack) => ({ ...stack, name: names.get(stack.name)!, dependsOn: stack.dependsOn.map((each) => names.get(each)!) }));
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}#${number}`;
  return free;
}

/** The stacks that `--stack` names, or all. Throws InputError for a name that no stack has. */
export function selectStacks(stacks: readonly Opened[], names: readonly string[]): readonly Opened[] {
  if (names.length === 0) return stacks;
  const known = stacks.map(({ name }) => name);
  const mistakes = names.filter((name) => !known.includes(name)).map((name) => unknownStack(name, known));
  if (mistakes.length > 0) throw new InputError(mistakes);
  return stacks.filter(({ name }) => names.includes(name));
}

const MAX_LISTED = 10;

function unknownStack(name: string, known: readonly string[]): Mistake {
  const near = nearMiss(name, known);
  const listed = [...known].sort().slice(0, MAX_LISTED).map(quoted).join(", ");
  const more = known.length > MAX_LISTED ? ` and ${known.length - MAX_LISTED} more` : "";
  const hint = near === undefined ? "" : `; did you mean ${quoted(near)}?`;
  return { file: "--stack", message: `no stack is named ${quoted(name)}${hint}; known: ${listed}${more}` };
}

import { counted, InputError, Report } from "../model";
import { headline, plainLine, PLAIN } from "../report";
import { coloursFor } from "./colours";
import { ExitStatus, printProblem } from "./exit";
import { Io } from "./io";
import { Output, writeReport } from "./outputs";

/** Stands for the path in the name of a report's file. */
const PATH = "{}";

/** What came of one path. */
interface Outcome {
  readonly status: ExitStatus;
  /** For the summary. */
  readonly words: string;
}

/**
 * Judges paths one after the other, each for itself, as if each were checked alone, and says at the end what came of each. The exit
 * status is the worst one. What can't be judged keeps nothing else from being judged.
 */
export async function checkEach(
  paths: readonly string[],
  outputs: readonly Output[],
  judge: (path: string) => Report,
  passes: (report: Report) => boolean,
  io: Io,
): Promise<ExitStatus> {
  refuseOneForAll(paths, outputs);
  // JSON is there alone.
  const toOut = outputs.some(({ name, file }) => file === undefined && name !== "json");
  const names = fileNames(paths);
  const outcomes: Outcome[] = [];
  for (const [at, path] of paths.entries()) {
    if (toOut) await io.out(`── ${plainLine(path)}\n\n`);
    const own = outputs.map((output) =>
      output.file === undefined ? output : { ...output, file: output.file.replaceAll(PATH, names[at]!) },
    );
    outcomes.push(await checkOne(path, own, judge, passes, io));
    if (toOut) await io.out("\n");
  }
  if (toOut) await io.out(summary(paths, outcomes));
  return outcomes.reduce<ExitStatus>((worst, { status }) => (status > worst ? status : worst), 0);
}

async function checkOne(
  path: string,
  outputs: readonly Output[],
  judge: (path: string) => Report,
  passes: (report: Report) => boolean,
  io: Io,
): Promise<Outcome> {
  try {
    const report = judge(path);
    if (!(await writeReport(report, outputs, io))) return { status: 2, words: "✗ the report can't be written" };
    return { status: passes(report) ? 0 : 1, words: headline(report, { ...PLAIN, colours: coloursFor(io) }) };
  } catch (error) {
    printProblem(error, io);
    if (!(error instanceof InputError)) return { status: 2, words: "✗ not judged: an internal error" };
    return { status: 2, words: `✗ not judged: ${counted(error.mistakes.length, "mistake")}` };
  }
}

/** Reports of several paths are no one document, and in one file only the last would be left. */
function refuseOneForAll(paths: readonly string[], outputs: readonly Output[]): void {
  if (paths.length < 2) return;
  for (const { name, file } of outputs) {
    if (file === undefined ? name !== "json" : file.includes(PATH)) continue;
    const example = `--format ${name}=report-${PATH}.${name === "json" ? name : "txt"}`;
    throw InputError.at({ file: "--format" }, `with --each, every path needs a file of its own, such as ${example}`);
  }
}

/** `envs-prod` for `envs/prod`; one that is taken gets a number. */
function fileNames(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const plain = path.replace(/^(?:\.{0,2}\/)+|\/+$/g, "").replace(/[^\w.-]+/g, "-") || "here";
    let name = plain;
    for (let number = 2; taken.has(name); number++) name = `${plain}-${number}`;
    taken.add(name);
    return name;
  });
}

function summary(paths: readonly string[], outcomes: readonly Outcome[]): string {
  const names = paths.map(plainLine);
  const width = Math.max(...names.map(({ length }) => length));
  const lines = names.map((name, at) => `${name.padEnd(width)}   ${outcomes[at]!.words}\n`);
  const passing = outcomes.filter(({ status }) => status === 0).length;
  return `${lines.join("")}${passing} of ${counted(outcomes.length, "path")} passed\n`;
}

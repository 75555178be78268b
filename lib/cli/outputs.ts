import { InvalidArgumentError } from "commander";
import { InputError, Report } from "../model";
import { findFormat, Format, formatNames, Look, PLAIN } from "../report";
import { coloursFor } from "./colours";
import { Io } from "./io";

/** One `--format NAME[=FILE]`; without a file it goes to standard output. */
export interface Output {
  readonly format: Format;
  readonly file?: string;
}

/** For commander: reads one more `--format`. */
export function parseOutput(text: string, before: readonly Output[] = []): readonly Output[] {
  const [, name, , file] = /^([^=]*)(=(.*))?$/s.exec(text) ?? [];
  const format = findFormat(name ?? "");
  if (format === undefined) throw new InvalidArgumentError(`There is no such format; known: ${formatNames.join(", ")}.`);
  if (file === "") throw new InvalidArgumentError("A file name was expected after the =.");
  if (file === undefined && before.some((output) => output.file === undefined)) {
    throw new InvalidArgumentError("Only one format can go to standard output; give the others a file: NAME=FILE.");
  }
  return [...before, { format, ...(file === undefined ? {} : { file }) }];
}

/** Files first: where one can't be written, nothing looks as if all were well. */
export function writeReport(report: Report, outputs: readonly Output[], io: Io): void {
  for (const { format, file } of outputs) {
    if (file !== undefined) writeFile(file, format(report, PLAIN), io);
  }
  const look: Look = { ...PLAIN, colours: coloursFor(io) };
  for (const { format, file } of outputs) {
    if (file === undefined) io.out(format(report, look));
  }
}

function writeFile(file: string, text: string, io: Io): void {
  try {
    io.write(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw InputError.at({ file }, `the report can't be written here (${code})`);
  }
}

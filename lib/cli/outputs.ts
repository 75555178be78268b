import { InvalidArgumentError } from "commander";
import { Report } from "../model";
import { findFormat, formatNames, Look, plainLine, PLAIN, WriteReport } from "../report";
import { coloursFor } from "./colours";
import { Io } from "./io";

/** One `--format NAME[=FILE]`; without a file it goes to standard output. */
export interface Output {
  readonly name: string;
  readonly format: WriteReport;
  readonly file?: string;
}

/** For commander: reads one more `--format`. */
export function parseOutput(text: string, before: readonly Output[] = []): readonly Output[] {
  const [, name = "", , file] = /^([^=]*)(=(.*))?$/s.exec(text) ?? [];
  const format = findFormat(name);
  if (format === undefined) throw new InvalidArgumentError(`There is no such format; known: ${formatNames.join(", ")}.`);
  if (file === "") throw new InvalidArgumentError("A file name was expected after the =.");
  if (file === undefined && before.some((output) => output.file === undefined)) {
    throw new InvalidArgumentError("Only one format can go to standard output; give the others a file: NAME=FILE.");
  }
  return [...before, { name, format, ...(file === undefined ? {} : { file }) }];
}

/** Writes the report in every format; false, and why on standard error, where a file can't be written. */
export async function writeReport(report: Report, outputs: readonly Output[], io: Io): Promise<boolean> {
  const written = outputs.map(({ format, file }) => file === undefined || writeFile(file, format(report, PLAIN), io));
  const look: Look = { ...PLAIN, colours: coloursFor(io) };
  for (const { format, file } of outputs) {
    if (file === undefined) await io.out(format(report, look));
  }
  return !written.includes(false);
}

function writeFile(file: string, text: string, io: Io): boolean {
  try {
    io.write(file, text);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    io.err(`${plainLine(file)}  the report can't be written here (${plainLine(code)})\n`);
    return false;
  }
}

import { writeFileSync } from "node:fs";
import { diskFiles } from "../disk-files";
import { Files } from "../model";
import { withStandardInput } from "./standard-input";

/** Everything that the command touches outside itself, so that tests can look at it. */
export interface Io {
  readonly files: Files;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Writes a file; throws what the file system throws. */
  readonly write: (path: string, text: string) => void;
}

export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreBrokenPipe);
  return {
    files: withStandardInput(diskFiles),
    environment: process.env,
    isTerminal: Boolean(process.stdout.isTTY),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    write: (path, text) => writeFileSync(path, text),
  };
}

/** `passthru check | head -1` is no error: the reader has seen enough, and the exit status still tells the verdict. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

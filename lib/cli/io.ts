import { spawnSync } from "node:child_process";
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
  /** Settles when the text is handed on; rejects with what CannotWrite says where it can't be. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  /** Writes a file; throws what the file system throws. */
  readonly write: (path: string, text: string) => void;
  /** Runs a program to its end, without a shell and without input. */
  readonly run: (program: string, args: readonly string[], limits: ProgramLimits) => ProgramResult;
}

export interface ProgramLimits {
  /** It runs in this one. */
  readonly folder: string;
  /** Of standard output. */
  readonly maxBytes: number;
  readonly timeLimitMs: number;
}

export interface ProgramResult {
  /** Null where it was stopped. */
  readonly status: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  /** Why it did not run to its end: ENOENT where there is no such program, ETIMEDOUT, ENOBUFS. */
  readonly failure?: string;
}

export function processIo(): Io {
  // Who wrote is told whether it worked; without somebody who listens, the stream would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return {
    files: withStandardInput(diskFiles),
    environment: process.env,
    isTerminal: Boolean(process.stdout.isTTY),
    out: printOut,
    err: (text) => void process.stderr.write(text),
    write: (path, text) => writeFileSync(path, text),
    run: runProgram,
  };
}

/** Something that is to be written does not get where it should: a full disk, for example. */
export class CannotWrite extends Error {
  constructor(
    readonly where: string,
    readonly code: string,
  ) {
    super(`${where} can't be written (${code})`);
  }
}

/** `passthru check | head -1` is no error: the reader has seen enough, and the exit status still tells the verdict. */
function printOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error?: NodeJS.ErrnoException | null) => {
      if (!error || error.code === "EPIPE") resolve();
      else reject(new CannotWrite("standard output", error.code ?? error.message));
    });
  });
}

function runProgram(program: string, args: readonly string[], { folder, maxBytes, timeLimitMs }: ProgramLimits): ProgramResult {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    maxBuffer: maxBytes,
    timeout: timeLimitMs,
    killSignal: "SIGKILL",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const failure = (error as NodeJS.ErrnoException | undefined)?.code ?? error?.message;
  // Where it can't be started, there is no output at all.
  return { status, stdout: stdout ?? new Uint8Array(), stderr: stderr?.toString() ?? "", ...(failure === undefined ? {} : { failure }) };
}

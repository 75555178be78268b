import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, Stats, statSync } from "node:fs";
import { sep } from "node:path";
import { Files, InputError } from "./model";

/** The file system as the command and CapacityGate see it; paths are relative to the working directory. */
export const diskFiles: Files = { kind, read, list, real };

function kind(path: string): ReturnType<Files["kind"]> {
  try {
    // What is neither file nor folder is said to be a file, so that reading it says what it is.
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return "none"; // missing, not accessible, or a loop of links: reading it says which
  }
}

function read(path: string, maxBytes: number): Uint8Array {
  return orMistake(path, () => {
    // Twice: opening a device can do something, and what stands there can be exchanged before it is open.
    refuseSpecial(path, statSync(path));
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = fstatSync(file);
      refuseSpecial(path, stat);
      const { size } = stat;
      if (size > maxBytes) throw tooLarge(path, size, maxBytes);
      return readDescriptor(file, path, maxBytes, size);
    } finally {
      closeSync(file);
    }
  });
}

/** A pipe that nobody writes to would never end, and what a device gives is different each time. */
function refuseSpecial(path: string, stat: Stats): void {
  if (stat.isFile() || stat.isDirectory()) return;
  const what = stat.isFIFO() ? "a pipe" : stat.isSocket() ? "a socket" : "a device";
  throw InputError.at({ file: path }, `is ${what}, expected a file; what a program writes is read from standard input, as -`);
}

/** An open file to its end; the size that the file system tells is only a hint: a file can grow, and a pipe has none. */
export function readDescriptor(file: number, path: string, maxBytes: number, size = 0): Uint8Array {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(size - total, 1 << 16));
    const length = readWaiting(file, chunk);
    if (length === 0) return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    total += length;
    if (total > maxBytes) throw tooLarge(path, total, maxBytes);
    chunks.push(chunk.subarray(0, length));
  }
}

const PAUSE_MS = 10;

/** A pipe that is empty for now may say so (EAGAIN) instead of waiting, and on Windows a closed one is an error (EOF). */
function readWaiting(file: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

function list(path: string): readonly string[] {
  return orMistake(path, () => readdirSync(path).sort());
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path).replaceAll(sep, "/");
  } catch {
    return undefined;
  }
}

function orMistake<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw InputError.at({ file: path }, REASONS[(error as NodeJS.ErrnoException).code ?? ""] ?? "can't be read");
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "can't be read: permission denied",
  EISDIR: "is a folder, not a file",
  ENOTDIR: "is a file, not a folder",
  ELOOP: "can't be read: links that lead in a circle",
  ENAMETOOLONG: "can't be read: the name is too long",
};

function tooLarge(path: string, size: number, maxBytes: number): InputError {
  return InputError.at({ file: path }, `has ${megabytes(size)} or more; the limit is ${megabytes(maxBytes)}`);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`;
}

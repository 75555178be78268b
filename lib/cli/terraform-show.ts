import { posix } from "node:path";
import { Files, InputError, isBinaryPlan, optionless } from "../model";
import { Io, ProgramResult } from "./io";

/** Terraform's own, or OpenTofu's where only that is there. */
const PROGRAMS = ["terraform", "tofu"];

/** Providers are started to read their schemas: a minute is usual on a slow disk. */
const TIME_LIMIT_MS = 5 * 60_000;

/** Of what it complains about. */
const SHOWN_LETTERS = 4000;

/**
 * The same files, with a binary plan as the JSON that `terraform show` makes of it in the plan's folder. That starts the providers which
 * the folder has installed, so it is done only where the command line says so.
 */
export function withTerraform(io: Pick<Io, "files" | "run" | "err">): Files {
  const { files } = io;
  return {
    kind: (path) => files.kind(path),
    list: (path) => files.list(path),
    read: (path, maxBytes) => {
      const bytes = files.read(path, maxBytes);
      return path !== "-" && isBinaryPlan(bytes) ? show(path, maxBytes, io) : bytes;
    },
  };
}

function show(path: string, maxBytes: number, { run, err }: Pick<Io, "run" | "err">): Uint8Array {
  const args = ["show", "-json", "-no-color", optionless(posix.basename(path))];
  const options = { folder: posix.dirname(path), maxBytes, timeLimitMs: TIME_LIMIT_MS };
  for (const program of PROGRAMS) {
    const result = run(program, args, options);
    if (result.failure === "ENOENT") continue;
    if (result.failure === undefined && result.status === 0) return result.stdout;
    if (result.stderr.trim() !== "") err(`${result.stderr.slice(0, SHOWN_LETTERS).trimEnd()}\n`);
    throw InputError.at({ file: path }, `\`${program} show -json\` ${reason(result, maxBytes)}`);
  }
  throw InputError.at({ file: path }, `neither ${PROGRAMS.join(" nor ")} is found, and one is needed to show a binary plan`);
}

function reason({ status, failure }: ProgramResult, maxBytes: number): string {
  if (failure === "ETIMEDOUT") return `took more than ${TIME_LIMIT_MS / 60_000} minutes, and was stopped`;
  if (failure === "ENOBUFS") return `answered with more than ${maxBytes / 2 ** 20} MB, and was stopped`;
  if (failure !== undefined) return `can't be run (${failure})`;
  return `failed with exit status ${status ?? "none"}: was the plan made in this folder, with this version?`;
}

import { version } from "../../package.json";
import { MissingInventory } from "../find-inventory";
import { counted, formatMistake, InputError } from "../model";
import { plainLine } from "../report";
import { CannotWrite, Io } from "./io";

export type ExitStatus = 0 | 1 | 2;

const SHOWN_MISTAKES = 100;

const FIRST_INVENTORY = `
An inventory declares the cluster that the VMs are to run on. To begin, write
one like this beside your stacks, as inventory.hcl:

  cluster "gpu-prod" {
    ha {}
    host "esx-[01-04].lab" {
      esxi      = "8.0.2"
      cpu_mhz   = 166400
      memory_mb = 1048576
      devices "10de:20f1" {
        count = 4
      }
    }
  }
`;

/** Says on standard error why there is no answer: the user's mistakes, each at its place, a full disk, or a bug of ours. */
export function printProblem(error: unknown, io: Io): void {
  if (error instanceof InputError) printMistakes(error, io);
  else if (error instanceof CannotWrite) io.err(`${plainLine(error.where)}  can't be written (${plainLine(error.code)})\n`);
  else printBug(error, io);
}

function printMistakes(error: InputError, io: Io): void {
  const { mistakes } = error;
  const lines = mistakes.slice(0, SHOWN_MISTAKES).map((mistake) => plainLine(formatMistake(mistake)));
  const rest = mistakes.length - lines.length;
  if (rest > 0) lines.push(`and ${rest} more`);
  if (error instanceof MissingInventory) lines.push(FIRST_INVENTORY);
  io.err([...lines, `${counted(mistakes.length, "mistake")}, nothing was checked`, ""].join("\n"));
}

function printBug(error: unknown, io: Io): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error && io.environment["PASSTHRU_DEBUG"] === "1" ? [error.stack ?? ""] : [];
  const help = stack.length > 0 ? [] : ["PASSTHRU_DEBUG=1 shows where it happened."];
  const lines = [
    `internal error: ${plainLine(message)}`,
    ...stack,
    `This is a bug in vsphere-passthru ${version}; nothing was checked. Please report it with the command and its input.`,
    ...help,
  ];
  io.err(`${lines.join("\n")}\n`);
}

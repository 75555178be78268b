import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { plainLines } from "../report";
import { addCheckCommand } from "./check-command";
import { ExitStatus, printProblem } from "./exit";
import { addInventoryCommand } from "./inventory-command";
import { Io } from "./io";
import { addProviderCommand } from "./provider-command";
import { addRulesCommand } from "./rules-command";

/** Runs one command line and returns the exit status: 0 the gate passes, 1 it does not, 2 could not judge. Never rejects. */
export async function run(args: readonly string[], outside: Io): Promise<ExitStatus> {
  // Whoever says something on standard error, and whatever it quotes: nothing of it is obeyed.
  const io: Io = { ...outside, err: (text) => outside.err(plainLines(text)) };
  try {
    return await execute(args, io);
  } catch (error) {
    // Commander has printed what it had to say; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    printProblem(error, io);
    return 2;
  }
}

async function execute(args: readonly string[], io: Io): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const help: string[] = [];
  const program = new Command("passthru")
    .description("Proves, before anything is applied, that every VM with passthrough devices powers on and comes back.")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void help.push(text), writeErr: io.err })
    .showHelpAfterError("(--help shows the options, with examples)")
    .addHelpText("after", "\nExit status: 0 the gate passes, 1 it does not, 2 nothing could be judged");
  const finish = (result: ExitStatus): void => {
    status = result;
  };
  addCheckCommand(program, io, finish);
  addInventoryCommand(program, io, finish);
  addProviderCommand(program, io, finish);
  addRulesCommand(program, io, finish);
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } finally {
    if (help.length > 0) await io.out(help.join(""));
  }
}

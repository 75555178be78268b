import { Command } from "commander";
import { nearMiss, quoted, RuleDescription } from "../model";
import { PLAIN, rulesText, ruleText } from "../report";
import { coloursFor } from "./colours";
import { ExitStatus } from "./exit";
import { Io } from "./io";

/** `passthru rules`: everything that can be found, or one rule explained. */
export function addRulesCommand(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  program
    .command("rules")
    .summary("list every rule, or explain one")
    .description("Lists everything that the gate can find, with its severity; or explains one rule, with an example and a fix.")
    .argument("[rule]", "id of the rule, as findings show it")
    .addHelpText("after", "\nExample:\n  $ npx vsphere-passthru rules order-dependent")
    .action(async (id: string | undefined, _: unknown, command: Command) => {
      const { CATALOGUE, exampleOf } = require("../rules") as typeof import("../rules");
      const look = { ...PLAIN, colours: coloursFor(io) };
      const rule = CATALOGUE.find((each) => each.id === id);
      if (id !== undefined && rule === undefined) command.error(`error: ${noSuchRule(id, CATALOGUE)}`);
      await io.out(
        rule === undefined
          ? rulesText(
              [...CATALOGUE].sort((a, b) => (a.id < b.id ? -1 : 1)),
              look,
            )
          : ruleText(rule, exampleOf(rule), look),
      );
      finish(0);
    });
}

function noSuchRule(id: string, rules: readonly RuleDescription[]): string {
  const meant = nearMiss(
    id,
    rules.map((rule) => rule.id),
  );
  return `there is no rule ${quoted(id)}\n(${meant === undefined ? "rules without an id lists them all" : `Did you mean ${meant}?`})`;
}

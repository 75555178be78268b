import { Command } from "commander";
import { findInventory } from "../find-inventory";
import { counted, Inventory } from "../model";
import { clean, withoutCommands } from "../report";
import { ExitStatus } from "./exit";
import { Io } from "./io";

/** `passthru inventory …` */
export function addInventoryCommand(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  const inventory = program.command("inventory").summary("work with inventories").description("Works with inventories.");
  inventory
    .command("validate")
    .summary("find every mistake in inventories")
    .description("Reads inventories together and names every mistake in them, with its place.")
    .argument("[file...]", "HCL, YAML or JSON (default: inventory.{hcl,yaml,json} here)")
    .addHelpText("after", "\nExample, in a checkout of this repository:\n  $ passthru inventory validate stacks/inventory.hcl")
    .action((files: readonly string[]) => {
      const { readInventory } = require("../inventory") as typeof import("../inventory");
      const found = readInventory(io.files, files.length > 0 ? files : findInventory(io.files, []));
      io.out(withoutCommands(summarise(found)));
      finish(0);
    });
}

function summarise({ files, clusters }: Inventory): string {
  const lines = clusters.map(({ name, hosts, vms, templates }) => {
    const devices = hosts.reduce((total, host) => total + host.devices.length, 0);
    const parts = [counted(hosts.length, "host"), counted(devices, "device"), counted(vms.length, "running VM"), counted(templates.length, "template")];
    return `  ${clean(name)}   ${parts.join(", ")}\n`;
  });
  return `no mistakes in ${files.map(clean).join(", ")}\n${lines.join("")}`;
}

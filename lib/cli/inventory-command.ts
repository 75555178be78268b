import { Command } from "commander";
import { findInventory } from "../find-inventory";
import { counted, Inventory } from "../model";
import { inventoryText, plainLine, PLAIN, plainLines } from "../report";
import { coloursFor } from "./colours";
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
    .addHelpText("after", "\nExample, in a checkout of this repository:\n  $ npx passthru inventory validate stacks/inventory.hcl")
    .action(async (files: readonly string[]) => {
      await io.out(plainLines(summarise(read(files, io))));
      finish(0);
    });
  inventory
    .command("show")
    .summary("draw clusters: hosts, devices, who holds them, what is free")
    .description("Draws the clusters of inventories: hosts and devices, who holds them, and what is free of each kind and label.")
    .argument("[file...]", "HCL, YAML or JSON (default: inventory.{hcl,yaml,json} here)")
    .option("-i, --inventory <file>", "the same, as check has it; repeatable", (text, before: readonly string[] = []) => [...before, text])
    .addHelpText("after", "\nExample, in a checkout of this repository:\n  $ npx passthru inventory show -i stacks/inventory.hcl")
    .action(async (files: readonly string[], flags: { readonly inventory?: readonly string[] }) => {
      const { drawInventory } = require("../gate") as typeof import("../gate");
      const picture = drawInventory(read([...files, ...(flags.inventory ?? [])], io));
      await io.out(inventoryText(picture, { ...PLAIN, colours: coloursFor(io) }));
      finish(0);
    });
}

function read(files: readonly string[], io: Io): Inventory {
  const { readInventory } = require("../inventory") as typeof import("../inventory");
  return readInventory(io.files, files.length > 0 ? files : findInventory(io.files, []));
}

function summarise({ files, clusters }: Inventory): string {
  const lines = clusters.map(({ name, hosts, vms, templates }) => {
    const devices = hosts.reduce((total, host) => total + host.devices.length, 0);
    const parts = [
      counted(hosts.length, "host"),
      counted(devices, "device"),
      counted(vms.length, "running VM"),
      counted(templates.length, "template"),
    ];
    return `  ${plainLine(name)}   ${parts.join(", ")}\n`;
  });
  return `no mistakes in ${files.map(plainLine).join(", ")}\n${lines.join("")}`;
}

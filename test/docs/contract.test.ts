import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatNames } from "../../lib/report";
import { root } from "./documents";

// The command as it is specified: what is there is not marked, what is marked is not there.
const [, synopsis] = /## 1[.] The command\n+```\n([^]*?)```/.exec(readFileSync(join(root, "docs/contract.md"), "utf8"))!;
const lines = synopsis!.trimEnd().split("\n");
const isMarked = (line: string): boolean => line.includes("not built");

function helpOf(...names: readonly string[]): string {
  return spawnSync(process.execPath, [join(root, "dist/passthru.js"), ...names, "--help"], { encoding: "utf8" }).stdout;
}

test("docs/contract.md marks the commands that are not built, and no others", () => {
  const help = helpOf();
  const commands = lines.flatMap((line) => (/^passthru (\S+)/.exec(line) ? [{ line, name: line.split(" ")[1]! }] : []));
  expect(commands.length).toBeGreaterThan(5);
  // A group of commands can have both.
  const wrong = commands.filter(({ line, name }) => new RegExp(`^  ${name} `, "m").test(help) === isMarked(line) && name !== "inventory");
  expect(wrong).toEqual([]);
});

test("docs/contract.md marks the inventory commands that are not built", () => {
  const help = helpOf("inventory");
  const [, built, pending] = /^passthru inventory (\S+) +not built: (\S+)$/m.exec(synopsis!)!;
  expect(built!.split("|").filter((name) => !new RegExp(`^  ${name} `, "m").test(help))).toEqual([]);
  expect(pending!.split("|").filter((name) => new RegExp(`^  ${name} `, "m").test(help))).toEqual([]);
});

test("docs/contract.md marks the options that are not built, and no others", () => {
  const help = helpOf("check") + helpOf("provider", "install");
  const options = lines.flatMap((line) => [...line.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].map(([name]) => ({ line, name })));
  expect(options.length).toBeGreaterThan(10);
  expect(options.filter(({ line, name }) => new RegExp(`${name}\\b`).test(help) === isMarked(line))).toEqual([]);
});

test("docs/contract.md marks the formats that are not built, and no others", () => {
  const [, built] = /--format NAME\[=FILE\] +([^;]+);/.exec(synopsis!)!;
  expect(built!.replace(" (default)", "").split(", ").sort()).toEqual([...formatNames].sort());
});

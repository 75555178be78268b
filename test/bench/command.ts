import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asText } from "../clusters/as-text";
import { g96 } from "../clusters/g96";
import { Instance } from "../clusters/instance";
import { vcenter } from "../clusters/vcenter";
import { alternately } from "./measure";
import { notRun, Row } from "./row";

export const COMMAND = "dist/passthru.js";
export const READ =
  "const { readFileSync } = require('node:fs'); for (const file of process.argv.slice(1)) JSON.parse(readFileSync(file, 'utf8'));";

/** The whole command, from its start to its report, against Node starting and reading the same files. */
export function command(): Row[] {
  const small = (name: string): string => join("test/data", name);
  return [
    row(
      "two small stacks",
      [small("stacks/two-stacks.out/stacks/training/cdk.tf.json")],
      small("inventory/contract.json"),
      small("stacks/two-stacks.out"),
    ),
    ...generated("g96, half running", g96({ seed: 1, hostFailures: 1, running: "half" })),
    ...generated("2,500 hosts, 40,000 VMs", vcenter({ clusters: 27, hosts: 2500, vms: 40_000 })),
    ...generated("the same, all of them in the stack", vcenter({ clusters: 27, hosts: 2500, vms: 40_000, created: "all" })),
  ];
}

function generated(name: string, instance: Instance): Row[] {
  const folder = mkdtempSync(join(tmpdir(), "passthru-bench-"));
  try {
    const texts = Object.entries(asText(instance));
    for (const [file, text] of texts) writeFileSync(join(folder, file), text);
    return [row(name, [join(folder, "cdk.tf.json")], join(folder, "inventory.json"), join(folder, "cdk.tf.json"))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function row(name: string, stacks: readonly string[], inventory: string, path: string): Row {
  const files = [...stacks, inventory];
  const what = `passthru check: ${name}, ${Math.ceil(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024)} KiB`;
  if (!existsSync(COMMAND)) return notRun("b", what, `${COMMAND} is not built: npm run build`);
  let verdict = "";
  const [ours, theirs] = alternately(
    () => (verdict = lastLine(run([COMMAND, "check", path, "-i", inventory, "--soft-fail"]))),
    () => run(["-e", READ, ...files]),
    6000,
  );
  const answers = { ours: verdict, theirs: "not compared", settled: true, differ: false };
  return { kind: "measured", part: "b", what, ours, peer: "node -e, reading the files", theirs, extrapolated: 1, answers };
}

export function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${args.slice(0, 2).join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

import { cpSync } from "node:fs";
import { terraformIn } from "../e2e/rig";
import { planIn, Referee } from "./referee";

/** `plan-folder.ts FOLDER [ARGUMENT…]`: the plan of a folder as JSON, on a copy of it, whatever its backend is. */
async function main([folder, ...args]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error("which folder is to be planned? It is the first argument");
  const referee = await Referee.start();
  const terraform = terraformIn({});
  try {
    cpSync(folder, terraform.folder, { recursive: true, filter: (path) => !/[\\/]\.(?:git|terraform)$/.test(path) });
    terraform.write("referee_override.tf", 'terraform {\n  backend "local" {}\n}\n');
    const planned = await planIn(terraform, args, referee.environment);
    if ("refusal" in planned) throw new Error(planned.refusal);
    process.stdout.write(planned.plan);
  } finally {
    terraform.remove();
    referee.stop();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

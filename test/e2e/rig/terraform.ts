import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Outcome, run, RunOptions } from "./run";

/** Terraform in a folder of its own. */
export interface Terraform {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  /** Runs one command; the whole process group is killed when the time is over. */
  readonly run: (args: readonly string[], options?: TerraformOptions) => Promise<Outcome>;
  readonly remove: () => void;
}

export interface TerraformOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly started?: RunOptions["started"];
}

export interface Mirror {
  readonly folder: string;
  /** What comes from there, such as `registry.terraform.io/vmware/*`. */
  readonly include: readonly string[];
}

const TIMEOUT_MS = 60_000;

/**
 * A folder with these files. Providers are taken from `terraform.d/plugins` in it, unless mirrors are given: then from those alone, or,
 * for what none includes, from the registry.
 */
export function terraformIn(files: Readonly<Record<string, string>>, mirrors: readonly Mirror[] = []): Terraform {
  const scratch = mkdtempSync(join(tmpdir(), "passthru-terraform-"));
  const folder = join(scratch, "stack");
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  mkdirSync(folder, { recursive: true });
  const config = join(scratch, "terraform.rc");
  writeFileSync(config, mirrors.length === 0 ? "" : installation(mirrors));
  // Nothing of the caller's: neither what could change the result nor what nobody should see.
  const own = {
    PATH: process.env["PATH"] ?? "",
    HOME: scratch,
    TF_CLI_CONFIG_FILE: config,
    TF_CLI_ARGS: "-no-color",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
  };
  return {
    folder,
    write,
    run: (args, { env = {}, timeoutMs = TIMEOUT_MS, started } = {}) =>
      run("terraform", args, { cwd: folder, env: { ...own, ...env }, timeoutMs, ...(started === undefined ? {} : { started }) }),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

function installation(mirrors: readonly Mirror[]): string {
  const patterns = (list: readonly string[]): string => list.map((pattern) => JSON.stringify(pattern)).join(", ");
  const blocks = mirrors.map(({ folder, include }) => {
    return `filesystem_mirror {\n path = ${JSON.stringify(folder)}\n include = [${patterns(include)}]\n }\n`;
  });
  const included = mirrors.flatMap(({ include }) => include);
  return `provider_installation {\n${blocks.join("")} direct {\n exclude = [${patterns(included)}]\n }\n}\n`;
}

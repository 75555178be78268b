import { ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");

export interface Ran {
  readonly status: number | null;
  /** Standard output and standard error, without colours. */
  readonly text: string;
}

/** A folder with a Terraform configuration and the provider from test/, as Terraform finds it by itself. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "passthru-terraform-"));
  readonly shelf = join(this.folder, "shelf");

  constructor(provider: string) {
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const mirror = join(this.folder, "terraform.d/plugins/terraform.local/test/shelf/1.0.0", platform);
    mkdirSync(mirror, { recursive: true });
    cpSync(provider, join(mirror, "terraform-provider-shelf"));
    writeFileSync(join(this.folder, "cli.tfrc"), "");
  }

  /** The configuration: the provider, and what is given. */
  write(hcl: string): void {
    writeFileSync(
      join(this.folder, "main.tf"),
      `terraform {\n  required_providers {\n    shelf = {\n      source = "terraform.local/test/shelf"\n    }\n  }\n}\n${hcl}\n`,
    );
  }

  environment(): NodeJS.ProcessEnv {
    // A configuration of the machine's own could switch the local mirror off.
    return { ...process.env, TF_CLI_CONFIG_FILE: join(this.folder, "cli.tfrc"), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
  }

  terraform(...args: string[]): Ran {
    return this.terraformWith({}, ...args);
  }

  terraformWith(environment: NodeJS.ProcessEnv, ...args: string[]): Ran {
    const ran = spawnSync("terraform", [...args, "-no-color"], {
      cwd: this.folder,
      env: { ...this.environment(), ...environment },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    // Terraform draws a line beside what it says and breaks it.
    return { status: ran.status, text: `${ran.stdout}\n${ran.stderr}`.replace(/^[│╷╵] ?/gm, "") };
  }

  /** Runs on, in a process group of its own, as a terminal would give it. */
  start(...args: string[]): ChildProcess {
    return spawn("terraform", [...args, "-no-color"], { cwd: this.folder, env: this.environment(), detached: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The provider of things on a shelf as one executable file. */
export function bundleShelfProvider(folder: string): string {
  const file = join(folder, "terraform-provider-shelf");
  const ran = spawnSync(process.execPath, [join(ROOT, "bundle-provider.cjs"), join(__dirname, "shelf-provider.ts"), file]);
  if (ran.status !== 0) throw new Error(ran.stderr.toString());
  return file;
}

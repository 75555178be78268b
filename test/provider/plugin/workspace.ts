import { ChildProcess, spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Outcome, terraformIn } from "../../e2e/rig";

const ROOT = join(__dirname, "../../..");

export interface Ran {
  readonly status: number | null;
  /** Standard output and standard error. */
  readonly text: string;
}

/** A folder with a Terraform configuration and the provider from test/, as Terraform finds it by itself. */
export class Workspace {
  private readonly inner = terraformIn({});
  readonly folder = this.inner.folder;
  readonly shelf = join(this.folder, "shelf");

  constructor(provider: string) {
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const mirror = join(this.folder, "terraform.d/plugins/terraform.local/test/shelf/1.0.0", platform);
    mkdirSync(mirror, { recursive: true });
    cpSync(provider, join(mirror, "terraform-provider-shelf"));
  }

  /** The configuration: the provider, and what is given. */
  write(hcl: string): void {
    const requirement = `terraform {\n  required_providers {\n    shelf = {\n      source = "terraform.local/test/shelf"\n    }\n  }\n}`;
    this.inner.write("main.tf", `${requirement}\n${hcl}\n`);
  }

  terraform(...args: string[]): Promise<Ran> {
    return this.terraformWith({}, ...args);
  }

  async terraformWith(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ran> {
    return ran(await this.inner.run(args, { env }));
  }

  /** What runs on, in a process group of its own, as a terminal would give it. */
  start(...args: string[]): Promise<{ readonly child: ChildProcess; readonly ran: Promise<Ran> }> {
    return new Promise((resolve) => {
      const outcome = this.inner.run(args, { started: (child) => setImmediate(() => resolve({ child, ran: outcome.then(ran) })) });
    });
  }

  remove(): void {
    this.inner.remove();
  }
}

/** Terraform draws a line beside what it says and breaks it. */
function ran({ status, stdout, stderr }: Outcome): Ran {
  return { status, text: `${stdout}\n${stderr}`.replace(/^[│╷╵] ?/gm, "") };
}

/** The provider of things on a shelf as one executable file. */
export function bundleShelfProvider(folder: string): string {
  const file = join(folder, "terraform-provider-shelf");
  const ran = spawnSync(process.execPath, [join(ROOT, "bundle-provider.cjs"), join(__dirname, "shelf-provider.ts"), file]);
  if (ran.status !== 0) throw new Error(ran.stderr.toString());
  return file;
}

import { ChildProcess, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PROVIDER } from "../../lib/schema";
import { Mirror, Outcome, Terraform, terraformIn, VCenter } from "./rig";

const ROOT = join(__dirname, "../..");

/** The provider as one executable file, as it is now, in a folder to be removed. */
export function bundleProvider(): { readonly file: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "passthru-provider-"));
  const file = join(folder, "terraform-provider-passthru");
  execFileSync(process.execPath, [join(ROOT, "bundle-provider.cjs"), join(ROOT, "lib/provider/main.ts"), file]);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A configuration, Terraform and our provider, against one simulated vCenter. */
export class Stack {
  private readonly terraform: Terraform;

  constructor(
    provider: string,
    private readonly vcenter: VCenter,
    files: Readonly<Record<string, string>>,
    /** Where other providers come from; Terraform then looks nowhere else, so that ours needs a mirror, too. */
    others?: readonly Mirror[],
  ) {
    const own = { folder: join(dirname(provider), "mirror"), include: [PROVIDER.source] };
    this.terraform = terraformIn(files, others && [own, ...others]);
    install(provider, others ? own.folder : join(this.terraform.folder, "terraform.d/plugins"));
  }

  /** Written as main.tf, below what every configuration needs. */
  write(hcl: string): void {
    this.terraform.write("main.tf", `${head()}\n${hcl}\n`);
  }

  replace(file: string, text: string): void {
    this.terraform.write(file, text);
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}, started?: (child: ChildProcess) => void): Promise<Outcome> {
    const options = { env: { ...environment(this.vcenter), ...env }, timeoutMs: 120_000 };
    return this.terraform.run(args, started ? { ...options, started } : options);
  }

  /** Runs what has to succeed. */
  async must(...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.run(args);
    if (status !== 0) throw new Error(`terraform ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs what has to fail; what it says, without the frame that Terraform draws and breaks lines for. */
  async fails(...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.run(args);
    if (status !== 1) throw new Error(`terraform ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
    return plain(stdout + stderr);
  }

  async apply(...options: readonly string[]): Promise<string> {
    return plain(await this.must("apply", "-auto-approve", ...options));
  }

  /** Whether a plan finds nothing to do. */
  async isSettled(): Promise<boolean> {
    const { status, stdout, stderr } = await this.run(["plan", "-detailed-exitcode"]);
    if (status !== 0 && status !== 2) throw new Error(stdout + stderr);
    return status === 0;
  }

  /** Attributes by address, from the state. */
  async state(): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
    interface Shown {
      readonly values?: { readonly root_module: { readonly resources?: readonly { address: string; values: Record<string, unknown> }[] } };
    }
    const shown = JSON.parse(await this.must("show", "-json")) as Shown;
    return Object.fromEntries((shown.values?.root_module.resources ?? []).map(({ address, values }) => [address, values]));
  }

  read(file: string): string {
    return readFileSync(join(this.terraform.folder, file), "utf8");
  }

  /** As if it had never been applied; what it has made stays. */
  forget(): void {
    rmSync(join(this.terraform.folder, "terraform.tfstate"));
  }

  remove(): void {
    this.terraform.remove();
  }
}

function install(provider: string, mirror: string): void {
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const folder = join(mirror, PROVIDER.source, "0.1.0", platform);
  mkdirSync(folder, { recursive: true });
  cpSync(provider, join(folder, "terraform-provider-passthru_v0.1.0"));
}

export function plain(text: string): string {
  return text.replace(/^[│╷╵] ?/gm, "").replace(/\s+/g, " ");
}

/** All that a user sets: no value of it is in the configuration. */
function environment({ ready }: VCenter): Record<string, string> {
  return {
    VSPHERE_SERVER: new URL(ready.url).host,
    VSPHERE_USER: ready.user,
    VSPHERE_PASSWORD: ready.password,
    SSL_CERT_FILE: ready.caFile,
  };
}

function head(): string {
  return `terraform {\n  required_providers {\n    passthru = {\n      source = "${PROVIDER.source}"\n    }\n  }\n}`;
}

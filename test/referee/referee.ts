import { ServerCredentials } from "@grpc/grpc-js";
import { readFileSync } from "node:fs";
import { listen, providerServer } from "../../lib/provider/plugin/server";
import { Session } from "../../lib/provider/plugin/session";
import { type Terraform, terraformIn } from "../e2e/rig";
import { MockInventory, mockProvider } from "./mock-provider";

/** A folder with what is given for its variables beside it. */
export interface Folder {
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
  /** `-var` */
  readonly variables?: Readonly<Record<string, string>>;
  /** `-var-file`, paths in the folder. */
  readonly variableFiles?: readonly string[];
  /** `TF_VAR_…`, by the variable's name. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A plan as JSON, or why Terraform refuses to make one. */
export type Planned = { readonly plan: string } | { readonly refusal: string };

/**
 * Terraform itself, without network: it is told to reach the mock provider, which runs in this process, instead of starting one. So
 * nothing has to be installed, and a plan takes a second or less.
 */
export class Referee {
  static async start(): Promise<Referee> {
    const inventory = JSON.parse(readFileSync("test/referee/inventory.json", "utf8")) as MockInventory;
    const session = new Session<null>(mockProvider(inventory), () => {});
    const server = providerServer<null>(session, { called: () => {}, shutdown: () => {} });
    const port = await listen(server, ServerCredentials.createInsecure());
    return new Referee(port, () => server.forceShutdown());
  }

  private constructor(
    private readonly port: number,
    readonly stop: () => void,
  ) {}

  async plan({ files, variables = {}, variableFiles = [], environment = {} }: Folder): Promise<Planned> {
    const terraform = terraformIn(files);
    const given = Object.fromEntries(Object.entries(environment).map(([name, value]) => [`TF_VAR_${name}`, value]));
    const args = [
      ...variableFiles.map((file) => `-var-file=${file}`),
      ...Object.entries(variables).flatMap(([name, value]) => ["-var", `${name}=${value}`]),
    ];
    try {
      return await planIn(terraform, args, { ...given, ...this.environment });
    } finally {
      terraform.remove();
    }
  }

  /** What Terraform needs to be told. */
  get environment(): Readonly<Record<string, string>> {
    const address = { Network: "tcp", String: `127.0.0.1:${this.port}` };
    const provider = { Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: address };
    const sources = ["hashicorp/vsphere", "vmware/vsphere"].map((source) => [`registry.terraform.io/${source}`, provider]);
    return { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(sources)) };
  }
}

/** Plans what is in a folder. Initialization is only tried where a plan does not come without: modules, other providers. */
export async function planIn(terraform: Terraform, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Planned> {
  const plan = ["plan", "-out=plan.bin", "-lock=false", ...args];
  let planned = await terraform.run(plan, { env });
  if (planned.status !== 0 && planned.stderr.includes("terraform init")) {
    const initialized = await terraform.run(["init", "-lock=false"], { env });
    if (initialized.status !== 0) return { refusal: withoutFrame(initialized.stderr) };
    planned = await terraform.run(plan, { env });
  }
  if (planned.status !== 0) return { refusal: withoutFrame(planned.stderr) };
  const { status, stdout, stderr } = await terraform.run(["show", "-json", "plan.bin"], { env });
  return status === 0 ? { plan: stdout } : { refusal: withoutFrame(stderr) };
}

/** Terraform draws a line beside what it says. */
function withoutFrame(text: string): string {
  return text.replace(/^[│╷╵] ?/gm, "").trim();
}

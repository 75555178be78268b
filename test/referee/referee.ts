import { ServerCredentials } from "@grpc/grpc-js";
import { readFileSync } from "node:fs";
import { listen, providerServer } from "../../lib/provider/plugin/server";
import { Session } from "../../lib/provider/plugin/session";
import { type Outcome, terraformIn } from "../e2e/rig";
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
 * nothing has to be installed, and a plan takes a fraction of a second.
 */
export class Referee {
  static async start(): Promise<Referee> {
    const inventory = JSON.parse(readFileSync("test/referee/inventory.json", "utf8")) as MockInventory;
    const session = new Session<null>(mockProvider(inventory), () => {});
    const server = providerServer<null>(session, () => {});
    const port = await listen(server, ServerCredentials.createInsecure());
    return new Referee(port, () => server.forceShutdown());
  }

  private constructor(
    private readonly port: number,
    readonly stop: () => void,
  ) {}

  /** Plans a folder of which only the files are needed. */
  async plan({ files, variables = {}, variableFiles = [], environment = {} }: Folder): Promise<Planned> {
    const terraform = terraformIn(files);
    const env = {
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [`TF_VAR_${name}`, value])),
      TF_REATTACH_PROVIDERS: this.reattach(),
    };
    try {
      const steps = [
        ...(/\bmodule "/.test(Object.values(files).join("\n")) ? [["get"]] : []),
        [
          "plan",
          "-out=plan.bin",
          "-lock=false",
          ...variableFiles.map((file) => `-var-file=${file}`),
          ...Object.entries(variables).flatMap(([name, value]) => ["-var", `${name}=${value}`]),
        ],
        ["show", "-json", "plan.bin"],
      ];
      let outcome: Outcome | undefined;
      for (const step of steps) {
        outcome = await terraform.run(step, { env });
        if (outcome.status !== 0) return { refusal: withoutFrame(outcome.stderr) };
      }
      return { plan: outcome!.stdout };
    } finally {
      terraform.remove();
    }
  }

  private reattach(): string {
    const address = { Network: "tcp", String: `127.0.0.1:${this.port}` };
    const provider = { Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: address };
    const sources = ["hashicorp/vsphere", "vmware/vsphere"].map((source) => [`registry.terraform.io/${source}`, provider]);
    return JSON.stringify(Object.fromEntries(sources));
  }
}

/** Terraform draws a line beside what it says. */
function withoutFrame(text: string): string {
  return text.replace(/^[│╷╵] ?/gm, "").trim();
}

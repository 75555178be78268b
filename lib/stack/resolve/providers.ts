import { Block } from "../configuration";
import { toText } from "../expression/value";
import { DataScope, evaluateData } from "./evaluate-data";
import { Memo } from "./memo";

/** The vSphere provider's argument that names the vCenter. */
export const SERVER = "vsphere_server";

/** A stack's provider configurations: which vCenter its resources are in. */
export class Providers {
  private readonly byKey: ReadonlyMap<string, Block>;
  private readonly servers = new Memo("provider");

  constructor(
    providers: readonly Block[],
    private readonly scope: DataScope,
  ) {
    this.byKey = new Map(providers.map((block) => [keyOf(block), block]));
  }

  /** The server of a resource's provider; undefined where the files do not determine it. */
  serverOf({ body, type }: Block): string | undefined {
    if (this.byKey.size === 0) return undefined;
    const reference = body["provider"];
    return this.server(typeof reference === "string" ? plainReference(reference) : type.split("_")[0]!);
  }

  /** Every server that they name, each once. */
  all(): readonly string[] {
    return [...new Set([...this.byKey.keys()].flatMap((key) => this.server(key) ?? []))];
  }

  private server(key: string): string | undefined {
    const data = this.byKey.get(key)?.body[SERVER];
    return data === undefined ? undefined : toText(this.servers.get(key, () => evaluateData(data, this.scope)));
  }
}

function keyOf({ name, body }: Block): string {
  const alias = body["alias"];
  return typeof alias === "string" ? `${name}.${alias}` : name;
}

/** `vsphere.b` as JSON has it, `${vsphere.b}` as parsers of HCL do. */
function plainReference(text: string): string {
  return text.replace(/^\$\{(.*)\}$/s, "$1").trim();
}

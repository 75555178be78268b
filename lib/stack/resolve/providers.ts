import { Block } from "../configuration";
import { Data, isMap } from "../data";
import { toText } from "../expression/value";
import { DataScope, evaluateData } from "./evaluate-data";
import { Memo } from "./memo";

/** The vSphere provider's argument that names the vCenter. */
export const SERVER = "vsphere_server";

/** Where a module instance has providers from, beside its own. */
export interface Inherited {
  readonly outer: Providers;
  /** The call's `providers`: a name in the module, and what is meant outside. */
  readonly passed: Data | undefined;
}

/** A module instance's provider configurations: which vCenter its resources are in. */
export class Providers {
  private readonly byKey: ReadonlyMap<string, Block>;
  private readonly servers = new Memo("provider");

  constructor(
    providers: readonly Block[],
    private readonly scope: DataScope,
    private readonly inherited?: Inherited,
  ) {
    this.byKey = new Map(providers.map((block) => [keyOf(block), block]));
  }

  /** The server of a resource's provider; undefined where the files do not determine it. */
  serverOf({ body, type }: Block): string | undefined {
    if (this.byKey.size === 0 && this.inherited === undefined) return undefined;
    const reference = body["provider"];
    return this.server(typeof reference === "string" ? plainReference(reference) : type.split("_")[0]!);
  }

  /** Every server that its own configurations name, each once. */
  all(): readonly string[] {
    return [...new Set([...this.byKey.keys()].flatMap((key) => this.server(key) ?? []))];
  }

  /** What a call passes comes before a configuration of the same name, which is then there to declare it only. */
  private server(key: string): string | undefined {
    const { outer, passed } = this.inherited ?? {};
    const outerKey = isMap(passed) ? passed[key] : undefined;
    if (outerKey !== undefined) return typeof outerKey === "string" ? outer?.server(plainReference(outerKey)) : undefined;
    const block = this.byKey.get(key);
    // Those with an alias are not inherited.
    if (block === undefined) return key.includes(".") ? undefined : outer?.server(key);
    const data = block.body[SERVER];
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

import { Located, Source } from "../model";
import { Data, DataMap } from "./data";

/** One stack as its files write it, whatever their syntax: nothing is resolved yet. */
export interface Configuration {
  readonly name: string;
  /** The file that stands for it in the report. */
  readonly file: string;
  readonly constructPath?: string;
  /** Stacks that are applied before it, by name. */
  readonly dependsOn: readonly string[];
  readonly resources: readonly Block[];
  /** The provider configurations, by the provider's local name; those of one name are told apart by their `alias`. */
  readonly providers: readonly Block[];
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Data>;
  readonly outputs: ReadonlyMap<string, Block>;
  readonly modules: readonly Block[];
  /** Values of variables from the files that Terraform reads by itself. */
  readonly values?: ReadonlyMap<string, WrittenValue>;
  /** Where its state is kept: how another stack's `terraform_remote_state` finds it. */
  readonly backend?: { readonly type: string; readonly settings: Data };
}

/** A value of a variable as a file writes it. In JSON Terraform takes it as it stands: `${…}` in a text means nothing there. */
export interface WrittenValue {
  readonly data: Data;
  readonly isLiteral: boolean;
}

/** A file in Terraform's native syntax, as what its JSON syntax would hold. */
export class NativeFile extends Located {}

/** A resource, data source, provider, variable, output or module. */
export interface Block {
  readonly kind: "resource" | "data" | "provider" | "variable" | "output" | "module";
  /** Resource type; empty for what has none. */
  readonly type: string;
  readonly name: string;
  readonly body: DataMap;
  /** Its `//`, where that is kept in another file. */
  readonly comment?: Data;
  readonly file: Located;
  /** Offset of its name. */
  readonly at: number;
  /** Where override files changed it: the block as each of its files writes it, the first one first. */
  readonly written?: readonly Block[];
}

/** As a reference begins: `vsphere_host.a`, `data.vsphere_host.b`, `module.c`. */
export function blockAddress({ kind, type, name }: Block): string {
  if (kind === "resource") return `${type}.${name}`;
  return kind === "data" ? `data.${type}.${name}` : `${kind}.${name}`;
}

/** Where the block is, or its attribute where it sets that. */
export function blockSource(block: Block, attribute?: string): Source {
  const { file, at, body } = lastThatSets(block, attribute);
  return attribute !== undefined && attribute in body ? file.keySource(body, attribute) : file.lines.at(at);
}

/** The default of a variable; undefined where it has none. */
export function defaultOf(variable: Block): WrittenValue | undefined {
  const data = variable.body["default"];
  return data === undefined ? undefined : { data, isLiteral: !(lastThatSets(variable, "default").file instanceof NativeFile) };
}

function lastThatSets(block: Block, attribute: string | undefined): Block {
  const { written = [block] } = block;
  return [...written].reverse().find(({ body }) => attribute !== undefined && attribute in body) ?? written[0]!;
}

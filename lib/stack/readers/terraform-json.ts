import { Located, Mistake, nearMiss, quoted } from "../../model";
import { Block, blockAddress, blockSource, Configuration } from "../configuration";
import { Data, DataMap, isList, isMap } from "../data";

/** How a configuration in Terraform's JSON syntax is recognised: the blocks that may stand at its top. */
const TOP_LEVEL: ReadonlySet<string> = new Set([
  "//",
  "action",
  "check",
  "data",
  "ephemeral",
  "import",
  "locals",
  "module",
  "moved",
  "output",
  "provider",
  "removed",
  "resource",
  "terraform",
  "variable",
]);

export type StackIdentity = Pick<Configuration, "name" | "file" | "dependsOn" | "constructPath">;

/** Whether an object looks like Terraform's JSON syntax at all. */
export function isTerraformJson(root: DataMap): boolean {
  return Object.keys(root).some((key) => TOP_LEVEL.has(key));
}

/** The name that cdktf gave the stack. */
export function stackNameOf(root: DataMap): string | undefined {
  const comment = root["//"];
  const metadata = isMap(comment) ? comment["metadata"] : undefined;
  const name = isMap(metadata) ? metadata["stackName"] : undefined;
  return typeof name === "string" && name !== "" ? name : undefined;
}

/**
 * Terraform's JSON configuration syntax, one or several files of one stack, as cdktf writes it and as people may.
 * `comments` are the `//` of resources that are kept in another file, as `cdktf synth --hcl` does.
 */
export function readTerraformJson(
  files: readonly Located[],
  identity: StackIdentity,
  mistakes: Mistake[],
  comments?: DataMap,
): Configuration {
  const resources: Block[] = [];
  const providers: Block[] = [];
  const variables = new Map<string, Block>();
  const locals = new Map<string, Data>();
  const outputs = new Map<string, Block>();
  const modules: Block[] = [];
  let backend: Configuration["backend"];
  for (const file of files) {
    const reader = new BlockReader(file, mistakes);
    const top = reader.top();
    const blocks = [...reader.labelled(top, "resource", 2), ...reader.labelled(top, "data", 2)];
    resources.push(...(comments === undefined ? blocks : blocks.map((block) => withComment(block, comments))));
    modules.push(...reader.labelled(top, "module", 1));
    providers.push(...reader.labelled(top, "provider", 1));
    for (const block of reader.labelled(top, "variable", 1)) variables.set(block.name, block);
    for (const block of reader.labelled(top, "output", 1)) outputs.set(block.name, block);
    for (const { key, value } of reader.members(reader.part(top, "locals"))) locals.set(key, value);
    backend ??= reader.backend(top);
  }
  findDuplicates(resources, mistakes);
  findCountedTwice([...resources, ...modules], mistakes);
  return { ...identity, resources, providers, variables, locals, outputs, modules, ...(backend && { backend }) };
}

function withComment(block: Block, comments: DataMap): Block {
  const ofKind = comments[block.kind];
  const ofType = isMap(ofKind) ? ofKind[block.type] : undefined;
  const resource = isMap(ofType) ? ofType[block.name] : undefined;
  const comment = isMap(resource) ? resource["//"] : undefined;
  return comment === undefined ? block : { ...block, comment };
}

function findDuplicates(blocks: readonly Block[], mistakes: Mistake[]): void {
  const seen = new Map<string, Block>();
  for (const block of blocks) {
    const address = blockAddress(block);
    const first = seen.get(address);
    if (first === undefined) seen.set(address, block);
    else mistakes.push({ ...blockSource(block), message: `${address} is declared twice, first in line ${blockSource(first).line}` });
  }
}

function findCountedTwice(blocks: readonly Block[], mistakes: Mistake[]): void {
  for (const block of blocks) {
    if (!("count" in block.body && "for_each" in block.body)) continue;
    mistakes.push({
      ...blockSource(block, "for_each"),
      message: `${blockAddress(block)} has both count and for_each, expected one of them`,
    });
  }
}

/** A value with its place, and what it is called in a message. */
interface Part {
  readonly key: string;
  readonly value: Data;
  readonly at: number;
}

class BlockReader {
  constructor(
    private readonly file: Located,
    private readonly mistakes: Mistake[],
  ) {}

  top(): DataMap {
    const root = this.file.value as Data;
    if (!isMap(root)) {
      this.mistakes.push({ ...this.file.lines.at(0), message: "expected an object with Terraform blocks" });
      return {};
    }
    const { keys, keyAt } = this.file.places.get(root)!;
    const written = new Map(keys.map((key, at) => [key, keyAt[at]!]));
    for (const key of Object.keys(root)) {
      if (TOP_LEVEL.has(key)) continue;
      const near = nearMiss(key, TOP_LEVEL);
      const hint = near === undefined ? "" : `; did you mean ${quoted(near)}?`;
      this.mistakes.push({ ...this.file.lines.at(written.get(key)!), message: `unknown block ${quoted(key)}${hint}` });
    }
    return root;
  }

  part(map: DataMap, key: string): Part | undefined {
    const at = this.file.places.get(map)?.keys.indexOf(key) ?? -1;
    return at === -1 ? undefined : { key, value: map[key]!, at: this.file.places.get(map)!.keyAt[at]! };
  }

  /** The blocks of one kind under their labels: a type and a name, or a name alone. */
  labelled(top: DataMap, kind: Block["kind"], labels: 1 | 2): readonly Block[] {
    const outer = this.members(this.part(top, kind));
    if (labels === 1) return outer.flatMap((named) => this.blocks(kind, "", named));
    return outer.flatMap((typed) => this.members(typed).flatMap((named) => this.blocks(kind, typed.key, named)));
  }

  backend(top: DataMap): Configuration["backend"] {
    const settings = this.members(this.part(top, "terraform"));
    const cloud = settings.find(({ key }) => key === "cloud");
    if (cloud !== undefined) return { type: cloud.key, settings: cloud.value };
    const [first] = this.members(settings.find(({ key }) => key === "backend"));
    return first && { type: first.key, settings: first.value };
  }

  /** What is in an object, or in a list of objects, which Terraform joins. `//` is a comment. */
  members(part: Part | undefined): readonly Part[] {
    return this.bodies(part).flatMap((body) => {
      const { keys, keyAt } = this.file.places.get(body)!;
      return keys.flatMap((key, at) => (key === "//" ? [] : [{ key, value: body[key]!, at: keyAt[at]! }]));
    });
  }

  private blocks(kind: Block["kind"], type: string, named: Part): readonly Block[] {
    return this.bodies(named).map((body) => ({ kind, type, name: named.key, body, file: this.file, at: named.at }));
  }

  private bodies(part: Part | undefined): readonly DataMap[] {
    if (part === undefined || part.value === null) return [];
    const items = isList(part.value) ? part.value : [part.value];
    const bodies = items.filter((item) => isMap(item));
    if (bodies.length < items.length) {
      this.mistakes.push({ ...this.file.lines.at(part.at), message: `${quoted(part.key)} must be an object` });
    }
    return bodies;
  }
}

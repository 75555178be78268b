import { Located, Mistake, nearMiss, quoted } from "../../model";
import { Block, Configuration } from "../configuration";
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

/** What one file declares, in its order. */
export interface FileBlocks {
  /** Resources, data sources, providers, variables, outputs and modules. */
  readonly blocks: readonly Block[];
  readonly locals: readonly Local[];
  readonly backend?: Configuration["backend"];
  /** The kinds of blocks at its top, each with the offset of the first. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly file: Located;
}

export interface Local {
  readonly name: string;
  readonly value: Data;
  readonly file: Located;
  readonly at: number;
}

/** Whether an object looks like Terraform's JSON syntax at all. */
export function isTerraformJson(root: DataMap): boolean {
  return Object.keys(root).some((key) => TOP_LEVEL.has(key));
}

/** The blocks of a file in Terraform's JSON syntax; what has another shape is added to the mistakes. */
export function readFileBlocks(file: Located, mistakes: Mistake[]): FileBlocks {
  const reader = new BlockReader(file, mistakes);
  const top = reader.top();
  const backend = reader.backend(top);
  const { keys, keyAt } = file.places.get(top) ?? { keys: [], keyAt: [] };
  return {
    blocks: [
      ...reader.labelled(top, "resource", 2),
      ...reader.labelled(top, "data", 2),
      ...reader.scopedData(top),
      ...reader.labelled(top, "module", 1),
      ...reader.labelled(top, "provider", 1),
      ...reader.labelled(top, "variable", 1),
      ...reader.labelled(top, "output", 1),
    ],
    locals: reader.members(reader.part(top, "locals")).map(({ key, value, at }) => ({ name: key, value, file, at })),
    ...(backend && { backend }),
    kinds: new Map(keys.map((key, index) => [key, keyAt[index]!])),
    file,
  };
}

/** A value with its place, and what it is called in a message. */
interface Part {
  readonly key: string;
  readonly value: Data;
  readonly at: number;
}

const EMPTY: DataMap = Object.freeze(Object.create(null) as DataMap);

class BlockReader {
  constructor(
    private readonly file: Located,
    private readonly mistakes: Mistake[],
  ) {}

  top(): DataMap {
    const root = this.file.value as Data;
    if (!isMap(root)) {
      this.mistakes.push({ ...this.file.lines.at(0), message: "expected an object with Terraform blocks" });
      return EMPTY;
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

  /** Data sources inside `check` blocks, whose names are those of the module all the same. */
  scopedData(top: DataMap): readonly Block[] {
    const checks = this.members(this.part(top, "check")).flatMap((named) => this.bodies(named));
    return checks.flatMap((body) => this.labelled(body, "data", 2));
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

import { Located, Mistake } from "../../model";
import { Block, Configuration } from "../configuration";
import { DataMap, isMap } from "../data";
import { readFileBlocks } from "./file-blocks";
import { JoinedFiles } from "./joined-files";

export type StackIdentity = Pick<Configuration, "name" | "file" | "dependsOn" | "constructPath">;

/** What goes with the files of a stack. */
export interface Beside {
  /** The `//` of resources that are kept in another file, as `cdktf synth --hcl` does. */
  readonly comments?: DataMap | undefined;
  /** Override files, in order. */
  readonly overrides?: readonly Located[];
  /** Whether there is no other file of the stack. */
  readonly isWhole?: boolean;
}

/** The name that cdktf gave the stack. */
export function stackNameOf(root: DataMap): string | undefined {
  const comment = root["//"];
  const metadata = isMap(comment) ? comment["metadata"] : undefined;
  const name = isMap(metadata) ? metadata["stackName"] : undefined;
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** Terraform's JSON configuration syntax, one or several files of one stack, as cdktf writes it and as people may. */
export function readTerraformJson(
  files: readonly Located[],
  identity: StackIdentity,
  mistakes: Mistake[],
  { comments, overrides = [], isWhole = false }: Beside = {},
): Configuration {
  const joined = new JoinedFiles(mistakes);
  for (const file of files) joined.add(readFileBlocks(file, mistakes));
  for (const file of overrides) joined.override(readFileBlocks(file, mistakes));
  if (isWhole) joined.findUndeclared();
  const { blocks, locals, backend } = joined;
  const ofKind = (...kinds: readonly Block["kind"][]): readonly Block[] => [...blocks.values()].filter(({ kind }) => kinds.includes(kind));
  const byName = (kind: Block["kind"]): ReadonlyMap<string, Block> => new Map(ofKind(kind).map((block) => [block.name, block]));
  const resources = ofKind("resource", "data");
  return {
    ...identity,
    resources: comments === undefined ? resources : resources.map((block) => withComment(block, comments)),
    providers: ofKind("provider"),
    variables: byName("variable"),
    locals: new Map([...locals.values()].map(({ name, value }) => [name, value])),
    outputs: byName("output"),
    modules: ofKind("module"),
    ...(backend && { backend }),
  };
}

function withComment(block: Block, comments: DataMap): Block {
  const ofKind = comments[block.kind];
  const ofType = isMap(ofKind) ? ofKind[block.type] : undefined;
  const resource = isMap(ofType) ? ofType[block.name] : undefined;
  const comment = isMap(resource) ? resource["//"] : undefined;
  return comment === undefined ? block : { ...block, comment };
}

import { Files, InputError, Located, Mistake, quoted, Source } from "../../model";
import { Configuration } from "../configuration";
import { Data, DataMap, isList, isMap } from "../data";
import { readDocument } from "./document";
import { MANIFEST } from "./roots";
import { readTerraformJson } from "./terraform-json";
import { joinPath, readJson } from "./text";

/** Where cdktf puts each stack, in a folder of its own. */
const STACKS = "stacks";
const STACK_FILES = ["cdk.tf.json", "cdk.tf"];

/** One stack of the manifest. */
interface Entry {
  readonly name: string;
  readonly constructPath: string;
  readonly path: string;
  /** The comments of a stack that was synthesized as HCL. */
  readonly metadataPath: string | undefined;
  readonly dependencies: readonly string[];
  readonly source: Source;
}

/** The folder that `cdktf synth` writes: every stack of its manifest. Throws InputError with every mistake of all of them. */
export function readCdktfOut(files: Files, folder: string): readonly Configuration[] {
  const manifest = readJson(files, joinPath(folder, MANIFEST));
  const mistakes: Mistake[] = [];
  const entries = readManifest(manifest, mistakes);
  const names = new Map(entries.flatMap(({ name, constructPath }) => [[name, name] as const, [constructPath, name] as const]));
  const stacks = entries.flatMap((entry) => {
    const file = readStackFile(files, folder, entry, mistakes);
    if (file === undefined) return [];
    const dependsOn = entry.dependencies.flatMap((dependency) => names.get(dependency) ?? unknownStack(dependency, entry, mistakes));
    const { name, constructPath } = entry;
    const identity = { name, constructPath, file: file.lines.file, dependsOn };
    return [readTerraformJson([file], identity, mistakes, { comments: readComments(files, folder, entry), isWhole: true })];
  });
  findUnnamed(files, folder, entries, mistakes);
  if (mistakes.length > 0) throw new InputError(mistakes);
  return stacks;
}

function readManifest(manifest: Located, mistakes: Mistake[]): readonly Entry[] {
  const root = manifest.value as Data;
  const stacks = isMap(root) ? root["stacks"] : undefined;
  if (!isMap(stacks)) {
    throw InputError.at(manifest.lines.at(0), "expected a manifest of cdktf, an object with `stacks`; `cdktf synth` writes it");
  }
  const names = Object.keys(stacks);
  if (names.length === 0) throw InputError.at(manifest.source(stacks), "the manifest has no stacks: does the app make any?");
  return names.flatMap((name) => {
    const source = manifest.keySource(stacks, name);
    const entry = readEntry(name, stacks[name]!, source);
    if (typeof entry !== "string") return [entry];
    mistakes.push({ ...source, message: `stack ${quoted(name)}: ${entry}` });
    return [];
  });
}

/** The entry, or what is wrong with it. */
function readEntry(name: string, data: Data, source: Source): Entry | string {
  if (!isMap(data)) return "expected an object";
  const path = textOf(data, "synthesizedStackPath");
  if (path === undefined) return "`synthesizedStackPath` is missing, expected the path of the stack's file in this folder";
  const safe = insideFolder(path);
  if (safe === undefined) return `\`synthesizedStackPath\` ${quoted(path)} leads out of this folder`;
  const dependencies = data["dependencies"] ?? [];
  if (!isList(dependencies) || !dependencies.every((each) => typeof each === "string")) {
    return "`dependencies` must be a list of stack names";
  }
  const metadataPath = insideFolder(textOf(data, "stackMetadataPath") ?? "");
  return { name, constructPath: textOf(data, "constructPath") ?? name, path: safe, metadataPath, dependencies, source };
}

function textOf(map: DataMap, key: string): string | undefined {
  const value = map[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The path without `.` parts; undefined where it is absolute or has a `..`. */
function insideFolder(path: string): string | undefined {
  if (/^[/\\]|^[A-Za-z]:|\0/.test(path)) return undefined;
  const parts = path.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  return parts.length === 0 || parts.includes("..") ? undefined : parts.join("/");
}

function readStackFile(files: Files, folder: string, { name, path: inside, source }: Entry, mistakes: Mistake[]): Located | undefined {
  const path = joinPath(folder, inside);
  if (files.kind(path) !== "file") {
    mistakes.push({ ...source, message: `stack ${quoted(name)}: ${quoted(path)} is missing: run \`cdktf synth\` again` });
    return undefined;
  }
  try {
    return path.endsWith(".tf") ? readDocument(files, path) : readJson(files, path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    mistakes.push(...error.mistakes);
    return undefined;
  }
}

/**
 * A stack on disk that the manifest does not name. Where a validation fails, synth has written the stacks and leaves the manifest
 * as it was, so what the manifest says is of another time; without the cdktf command, nobody removes a stack that was renamed.
 */
function findUnnamed(files: Files, folder: string, entries: readonly Entry[], mistakes: Mistake[]): void {
  const all = joinPath(folder, STACKS);
  if (files.kind(all) !== "folder") return;
  const named = new Set(entries.map(({ path }) => path));
  for (const name of files.list(all)) {
    const inside = STACK_FILES.map((file) => `${STACKS}/${name}/${file}`);
    const file = inside.find((path) => files.kind(joinPath(folder, path)) === "file");
    if (file === undefined || inside.some((path) => named.has(path))) continue;
    const stale = `the manifest does not name the stack ${quoted(name)}, so one of the two is of an earlier synth`;
    mistakes.push({ file: joinPath(folder, file), message: `${stale}: remove ${quoted(folder)} and run \`cdktf synth\` again` });
  }
}

/** `cdktf synth --hcl` keeps comments beside the stack: HCL has no `//` attribute. Without them only places and metadata lack. */
function readComments(files: Files, folder: string, { path, metadataPath }: Entry): DataMap | undefined {
  if (!path.endsWith(".tf") || metadataPath === undefined) return undefined;
  const metadata = joinPath(folder, metadataPath);
  const comments = files.kind(metadata) === "file" ? (readJson(files, metadata).value as Data) : undefined;
  return isMap(comments) ? comments : undefined;
}

function unknownStack(dependency: string, { name, source }: Entry, mistakes: Mistake[]): readonly string[] {
  mistakes.push({ ...source, message: `stack ${quoted(name)} depends on ${quoted(dependency)}, which the manifest does not have` });
  return [];
}

import { posix } from "node:path";
import { blockHeads } from "../../hcl";
import { parseJson } from "../../json";
import { Files, Lines, Located } from "../../model";
import { Block, blockAddress } from "../configuration";
import { Data, isMap } from "../data";
import { InstalledModules } from "../modules/installed";
import { CallPlace, callKey, locate } from "../modules/locate";
import { configurationFiles, isOverride } from "../readers/configuration-files";
import { isTerraformJson } from "../readers/file-blocks";
import { readTerraformJson } from "../readers/terraform-json";
import { baseName, decode, MAX_HCL_BYTES, MAX_JSON_BYTES, readable } from "../readers/text";
import { ModuleConfiguration } from "./module-configuration";

/** Resources as the files beside a plan write them, by address without keys. */
export type WrittenBlocks = ReadonlyMap<string, Block>;

/**
 * Finds where the resources of a plan are written, in the *.tf and *.tf.json beside it and in its modules that are under its folder: a plan itself is one
 * long line. What can't be read there is no mistake, since nothing but places and comments is taken from it.
 */
export function findWrittenBlocks(files: Files, folder: string, root: ModuleConfiguration): WrittenBlocks {
  return new Finder(files, folder).find(root, { path: ".", key: "" });
}

class Finder {
  private readonly found = new Map<string, Block>();
  private readonly folders = new Map<string, readonly Block[]>();
  private readonly installed: InstalledModules;

  constructor(
    private readonly files: Files,
    private readonly folder: string,
  ) {
    this.installed = new InstalledModules(files, folder);
  }

  find(module: ModuleConfiguration, { path, key }: CallPlace, prefix = ""): WrittenBlocks {
    for (const block of this.inFolder(posix.join(this.folder, path))) this.found.set(prefix + blockAddress(block), block);
    for (const [name, { source, module: called }] of module.calls) {
      const place = { path, key: callKey(key, name) };
      const inside = source === undefined ? undefined : locate(place, source, undefined, this.installed);
      // Other folders are not gone to: a plan may come from elsewhere, and name any.
      if (inside !== undefined && "path" in inside && !/^\.\.(?:\/|$)/.test(inside.path))
        this.find(called, { path: inside.path, key: place.key }, `${prefix}module.${name}.`);
    }
    return this.found;
  }

  /** Modules are called many times, and read once. */
  private inFolder(folder: string): readonly Block[] {
    let blocks = this.folders.get(folder);
    if (blocks === undefined) this.folders.set(folder, (blocks = this.read(folder)));
    return blocks;
  }

  private read(folder: string): readonly Block[] {
    const own = this.files.kind(folder) === "folder" ? readable(() => configurationFiles(this.files, folder)) : [];
    // A resource is where it is declared, not where something of it is overridden.
    const declaring = own.filter((path) => !isOverride(baseName(path)));
    return declaring.flatMap((path) => readable(() => blocksOf(this.files, path)));
  }
}

function blocksOf(files: Files, path: string): readonly Block[] {
  return path.endsWith(".json") ? jsonBlocks(path, files) : hclBlocks(path, files);
}

function jsonBlocks(path: string, files: Files): readonly Block[] {
  const document = parseJson(path, decode(path, files.read(path, MAX_JSON_BYTES)));
  const root = document.value as Data;
  if (!isMap(root) || !isTerraformJson(root)) return [];
  return readTerraformJson([document], { name: "", file: path, dependsOn: [] }, []).resources;
}

function hclBlocks(path: string, files: Files): readonly Block[] {
  const lines = new Lines(path, decode(path, files.read(path, MAX_HCL_BYTES)));
  const file = new Located(lines, {}, new Map());
  return blockHeads(lines).flatMap(({ type: kind, labels: [type, name], at }) =>
    (kind === "resource" || kind === "data") && type !== undefined && name !== undefined ? [{ kind, type, name, body: {}, file, at }] : [],
  );
}

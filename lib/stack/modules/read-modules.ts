import { Files, InputError, Mistake } from "../../model";
import { Block, blockAddress, blockSource, Configuration } from "../configuration";
import { openModule } from "../readers/open";
import { folderOf } from "../readers/text";
import { isTemplate } from "../resolve/evaluate-data";
import { argumentMistakes } from "./arguments";
import { InstalledModules } from "./installed";
import { Links } from "./links";
import { callKey, locate } from "./locate";
import { Module, ModuleCall, NotRead } from "./module";
import { isLocalSource } from "./source";

/** Calls that are followed, of all stacks together: each costs what its module has in it. */
const MAX_CALLS = 10_000;
/** Modules inside modules. */
const MAX_DEPTH = 64;

/** Reads what each stack calls, as far as it is at hand. Throws InputError with every mistake in and about modules. */
export function readModules(files: Files, stacks: readonly Configuration[]): readonly Module[] {
  const mistakes: Mistake[] = [];
  const folders = new Folders(files, mistakes);
  const roots = stacks.map((configuration) => new StackReader(files, folders, configuration, mistakes).read());
  if (mistakes.length > 0) throw new InputError(mistakes);
  return roots;
}

/** Configurations by folder: modules are called many times, and read once. */
class Folders {
  calls = 0;
  private readonly found = new Map<string, Configuration | NotRead>();

  constructor(
    private readonly files: Files,
    private readonly mistakes: Mistake[],
  ) {}

  read(folder: string): Configuration | NotRead {
    let found = this.found.get(folder);
    if (found === undefined) this.found.set(folder, (found = this.open(folder)));
    return found;
  }

  private open(folder: string): Configuration | NotRead {
    if (this.files.kind(folder) !== "folder") return { why: `there is no folder ${folder}`, isWrong: true };
    try {
      return openModule(this.files, folder) ?? { why: `the folder ${folder} has no *.tf`, isWrong: true };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.mistakes.push(...error.mistakes);
      return { why: "its files have mistakes" };
    }
  }
}

/** A module on the way down from the root. */
interface Place {
  readonly address: string;
  /** As `path.module` has it. */
  readonly path: string;
  /** The names of the calls that lead to it, `a.b`: how `terraform init` knows it. */
  readonly key: string;
  readonly depth: number;
  readonly outer?: Place;
}

const ROOT: Place = { address: "", path: ".", key: "", depth: 0 };

class StackReader {
  /** The root module's; undefined for standard input. */
  private readonly folder: string | undefined;
  private readonly installed: InstalledModules;
  private readonly links: Links;

  constructor(
    files: Files,
    private readonly folders: Folders,
    private readonly configuration: Configuration,
    private readonly mistakes: Mistake[],
  ) {
    const { file } = configuration;
    this.folder = file === "-" ? undefined : folderOf(file);
    this.installed = new InstalledModules(files, this.folder ?? "");
    this.links = new Links(files);
  }

  read(): Module {
    return this.module(this.configuration, ROOT);
  }

  private module(configuration: Configuration, place: Place): Module {
    const calls = configuration.modules.map((block) => [block.name, this.call(block, place)] as const);
    return new Module(this.configuration.name, configuration, place.address, place.path, new Map(calls));
  }

  private call(block: Block, outer: Place): ModuleCall {
    const found = this.find(block, outer);
    if ("why" in found) return { block, called: found };
    const address = outer.address === "" ? blockAddress(block) : `${outer.address}.${blockAddress(block)}`;
    const place = { address, path: found.path, key: callKey(outer.key, block.name), depth: outer.depth + 1, outer };
    if (isInside(found.path, outer)) return { block, called: this.mistake(block, `${blockAddress(block)} calls the module that it is in`) };
    if (place.depth > MAX_DEPTH) return { block, called: { why: `is deeper than ${MAX_DEPTH} modules inside modules, which are read` } };
    if (++this.folders.calls > MAX_CALLS)
      return { block, called: { why: `there are more than ${MAX_CALLS} calls of modules, which are read` } };
    const configuration = this.folders.read(this.links.pathOf(this.folder!, found.path));
    if ("why" in configuration) return { block, called: configuration };
    this.mistakes.push(...argumentMistakes(block, configuration));
    return { block, called: this.module(configuration, place) };
  }

  /** Where the called module is, from the root module's folder. */
  private find(block: Block, outer: Place): { readonly path: string } | NotRead {
    const { source, version } = block.body;
    if (typeof source !== "string") return this.mistake(block, `source of ${blockAddress(block)} must be a string`, "source");
    if (isTemplate(source)) return { why: "its source is an expression" };
    if (this.folder === undefined) return { why: "on standard input nothing is beside it" };
    const key = callKey(outer.key, block.name);
    const found = locate({ path: outer.path, key }, source, typeof version === "string" ? version : undefined, this.installed);
    return "path" in found && isLocalSource(source) ? { path: this.links.followed(this.folder, found.path) } : found;
  }

  private mistake(block: Block, message: string, attribute?: string): NotRead {
    this.mistakes.push({ ...blockSource(block, attribute), message });
    return { why: message };
  }
}

function isInside(path: string, place: Place | undefined): boolean {
  return place !== undefined && (place.path === path || isInside(path, place.outer));
}

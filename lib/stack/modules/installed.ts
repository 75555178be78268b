import { posix } from "node:path";
import { Files } from "../../model";
import { Data, isList, isMap } from "../data";
import { joinPath, readable, readJson } from "../readers/text";
import { isSameSource } from "./source";
import { satisfies } from "./version-constraint";

const MANIFEST = ".terraform/modules/modules.json";

/** What `terraform init` notes of a module that it installed. */
interface Entry {
  readonly source: string;
  readonly version: string | undefined;
  /** Its folder, from the root module's. */
  readonly folder: string;
}

/** The modules that `terraform init` installed for a root module. */
export class InstalledModules {
  private entries: ReadonlyMap<string, Entry> | undefined;

  constructor(
    private readonly files: Files,
    /** Of the root module. */
    private readonly folder: string,
  ) {}

  /** Where the module of a call is, from the root module's folder, or why it can't be read. `key`: the names of the calls that lead to it, `a.b`. */
  find(key: string, source: string, constraint: string | undefined): { readonly path: string } | { readonly why: string } {
    this.entries ??= this.read();
    const entry = this.entries.get(key);
    if (entry === undefined) return { why: "is not installed" };
    if (!isSameSource(entry.source, source)) return { why: "is installed from another source than is written now" };
    if (constraint !== undefined && !satisfies(entry.version ?? "", constraint)) {
      return { why: `is installed in version ${entry.version ?? "(none)"}, which ${constraint} does not allow` };
    }
    const path = posix.normalize(entry.folder);
    const isInside = !posix.isAbsolute(path) && path !== ".." && !path.startsWith("../");
    if (!isInside) return { why: "is installed outside of the folder" };
    return this.files.kind(joinPath(this.folder, path)) === "folder" ? { path } : { why: "was installed, and its folder is gone" };
  }

  /** A list that can't be read is none: Terraform makes it anew. */
  private read(): ReadonlyMap<string, Entry> {
    const path = joinPath(this.folder, MANIFEST);
    const [root] = this.files.kind(path) === "file" ? readable(() => [readJson(this.files, path).value as Data]) : [];
    const modules = isMap(root) ? root["Modules"] : undefined;
    return new Map(isList(modules) ? modules.flatMap(readEntry) : []);
  }
}

function readEntry(data: Data): readonly (readonly [string, Entry])[] {
  if (!isMap(data)) return [];
  const { Key: key, Source: source, Version: version, Dir: folder } = data;
  if (typeof key !== "string" || typeof source !== "string" || typeof folder !== "string") return [];
  return [[key, { source, version: typeof version === "string" ? version : undefined, folder: folder.replaceAll("\\", "/") }]];
}

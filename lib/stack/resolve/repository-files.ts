import { posix } from "node:path";
import { Files, InputError } from "../../model";
import { compareTexts } from "../expression/order";
import { SourceFiles } from "../expression/world";
import { ExpressionError, Unknown } from "../expression/value";
import { Work } from "../expression/work";
import { globMatcher } from "./glob";

/** As large as what else is read of a configuration. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Entries of folders that one pattern may have to look at. */
const MAX_ENTRIES = 20_000;

/** The files beside a configuration, through the port that everything is read by. Each is read once. */
export class RepositoryFiles implements SourceFiles {
  private readonly contents = new Map<string, Uint8Array | Unknown>();
  private foundRoot: string | undefined;

  /** `folder`: from the root of the file system, without links. */
  constructor(
    private readonly files: Files,
    private readonly folder: string,
  ) {}

  absolute(path: string): string | Unknown {
    return posix.resolve(this.folder, path);
  }

  read(path: string): Uint8Array | Unknown {
    const refused = this.refused(path);
    if (refused !== undefined) return refused;
    const absolute = posix.resolve(this.folder, path);
    const kind = this.files.kind(absolute);
    if (kind !== "file") throw new ExpressionError(kind === "none" ? `there is no file ${path}` : `${path} is a folder, not a file`);
    let content = this.contents.get(absolute);
    if (content === undefined) this.contents.set(absolute, (content = this.readNew(absolute)));
    return content;
  }

  exists(path: string): boolean | Unknown {
    const refused = this.refused(path);
    if (refused !== undefined) return refused;
    const kind = this.files.kind(posix.resolve(this.folder, path));
    if (kind === "folder") throw new ExpressionError(`${path} is a folder, not a file`);
    return kind === "file";
  }

  find(folder: string, pattern: string, work: Work): readonly string[] | Unknown {
    const refused = this.refused(folder);
    if (refused !== undefined) return refused;
    const parts = posix.join(".", pattern).split("/");
    // What leads up, and alternatives with a folder in them, are hardly ever written.
    if (parts.includes("..") || pattern.startsWith("/") || /\{[^}]*\//.test(pattern) || /[*?[{\\]/.test(folder)) {
      return new Unknown(`\${fileset(…)} (with the pattern ${pattern})`);
    }
    return new Search(this.files, parts, (path) => this.isInside(path), work).from(posix.resolve(this.folder, folder));
  }

  private readNew(absolute: string): Uint8Array | Unknown {
    try {
      return this.files.read(absolute, MAX_BYTES);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return new Unknown(`a file that ${error.mistakes[0]?.message ?? "can't be read"}`);
    }
  }

  /** What lies elsewhere is not read, wherever a link leads. */
  private refused(path: string): Unknown | undefined {
    if (path.startsWith("~")) return new Unknown(`${path} (a home folder differs from machine to machine)`);
    const absolute = posix.resolve(this.folder, path);
    if (!this.isInside(absolute)) return new Unknown(`${path} (outside the repository, where files are not read)`);
    const real = this.files.real?.(absolute);
    const isInside = real === undefined ? this.files.kind(absolute) === "none" : this.isInside(real);
    return isInside ? undefined : new Unknown(`${path} (a link that leads out of the repository)`);
  }

  private isInside(absolute: string): boolean {
    const root = this.root();
    return absolute === root || absolute.startsWith(root.endsWith("/") ? root : `${root}/`);
  }

  /** The nearest folder that is a repository of git; where there is none, that of the configuration. */
  private root(): string {
    if (this.foundRoot !== undefined) return this.foundRoot;
    let at = this.folder;
    while (this.files.kind(posix.join(at, ".git")) === "none" && at !== posix.dirname(at)) at = posix.dirname(at);
    return (this.foundRoot = this.files.kind(posix.join(at, ".git")) === "none" ? this.folder : at);
  }
}

/** A walk through folders after a pattern, part by part. */
class Search {
  private readonly found: string[] = [];
  private entries = 0;

  constructor(
    private readonly files: Files,
    private readonly parts: readonly string[],
    private readonly isInside: (path: string) => boolean,
    private readonly work: Work,
  ) {}

  from(folder: string): readonly string[] | Unknown {
    try {
      this.walk(folder, "", 0);
    } catch (error) {
      if (error instanceof Refusal) return new Unknown(`\${fileset(…)} (${error.message})`);
      throw error;
    }
    return [...new Set(this.found)].sort(compareTexts);
  }

  private walk(folder: string, path: string, at: number): void {
    if (this.files.kind(folder) !== "folder") return;
    const part = this.parts[at]!;
    const isLast = at === this.parts.length - 1;
    // `**` stands for any folders, also for none. A circle of links ends at the limits.
    if (part === "**" && !isLast) this.walk(folder, path, at + 1);
    const fits = part === "**" ? () => true : globMatcher(part);
    for (const name of this.files.list(folder)) {
      if (++this.entries > MAX_ENTRIES) throw new Refusal("it has to look at too many files");
      this.work.spend(1);
      if (!fits(name)) continue;
      const inside = `${folder === "/" ? "" : folder}/${name}`;
      const kind = this.files.kind(inside);
      if (kind === "none") continue;
      const real = this.files.real?.(inside);
      if (real === undefined || !this.isInside(real)) throw new Refusal("a link leads out of the repository");
      const named = path === "" ? name : `${path}/${name}`;
      if (kind === "file") {
        if (isLast) this.found.push(named);
      } else if (part !== "**") {
        if (!isLast) this.walk(inside, named, at + 1);
      } else {
        this.work.deeper(() => this.walk(inside, named, at));
      }
    }
  }
}

class Refusal extends Error {}

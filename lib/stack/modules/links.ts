import { posix } from "node:path";
import { Files } from "../../model";

/** Where links among folders lead. Each is looked up once: modules are called many times. */
export class Links {
  private readonly found = new Map<string, string | undefined>();

  constructor(private readonly files: Files) {}

  /** A folder, by its path from the root module's, with the links in it followed: `..` in it leads on from where it really is, as in Terraform. */
  followed(root: string, path: string): string {
    const real = this.realInside(root, path);
    return real === undefined ? path : posix.relative(this.real(root)!, real) || ".";
  }

  /** The same folder from where the command runs. A root module that is a link is followed, too: what is beside it is beside where it leads. */
  pathOf(root: string, path: string): string {
    const joined = posix.join(root, path);
    const real = this.realInside(root, path);
    if (real === undefined || this.real(joined) === real) return joined;
    const here = this.real(".");
    return here === undefined ? real : posix.relative(here, real) || ".";
  }

  private realInside(root: string, path: string): string | undefined {
    const realRoot = this.real(root);
    return realRoot === undefined ? undefined : this.real(posix.join(realRoot, path));
  }

  private real(path: string): string | undefined {
    if (!this.found.has(path)) this.found.set(path, this.files.real?.(path));
    return this.found.get(path);
  }
}

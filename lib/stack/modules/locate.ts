import { posix } from "node:path";
import { InstalledModules } from "./installed";
import { NotRead } from "./module";
import { isLocalSource, shownSource } from "./source";

/** Where a call stands. */
export interface CallPlace {
  /** The folder of the calling module, from the root module's. */
  readonly path: string;
  /** The names of the calls that lead to the called module, `a.b`: how `terraform init` knows it. */
  readonly key: string;
}

/** Where the module of a call is, from the root module's folder. */
export function locate(
  { path, key }: CallPlace,
  source: string,
  version: string | undefined,
  installed: InstalledModules,
): { readonly path: string } | NotRead {
  if (isLocalSource(source)) return { path: posix.join(path, source.replaceAll("\\", "/")).replace(/(.)\/$/, "$1") };
  const found = installed.find(key, source, version);
  return "why" in found ? { why: `its source ${shownSource(source)} ${found.why}` } : found;
}

export function callKey(outer: string, name: string): string {
  return outer === "" ? name : `${outer}.${name}`;
}

import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { PROVIDER } from "./schema";

export interface InstalledProvider {
  readonly version: string;
  /** Holds a folder for each platform. */
  readonly folder: string;
}

/** One script runs on all of them, so that a lock file of one holds for all. */
const PLATFORMS = ["darwin_amd64", "darwin_arm64", "freebsd_amd64", "linux_amd64", "linux_arm", "linux_arm64", "openbsd_amd64"];
const EXECUTABLE = `terraform-provider-${PROVIDER.type}`;

/** The way to where the provider belongs leads through a link: what would be deleted and written may be somebody else's. */
export class LinkInTheWay extends Error {
  constructor(link: string) {
    super(`${link} is a link, expected a folder: remove it, or name the folder that it leads to`);
  }
}

/** The folder of the configuration is not there: a name with a slip would otherwise become a folder. */
export class NoFolder extends Error {}

/**
 * Puts this package's Terraform provider where a `terraform init` in the folder finds it without any set-up: Terraform's implied
 * local mirror. Other versions there are removed, so that the provider is always that of the package. Each file is made beside and
 * renamed into its place: whoever looks, another installation too, finds a whole provider at every moment.
 *
 * @param create makes the folder where it is not there
 * @throws NoFolder, LinkInTheWay, and what the file system throws
 */
export function installProvider(folder: string, { create = false }: { readonly create?: boolean } = {}): InstalledProvider {
  const root = packageRoot();
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
  if (create) makeParents(folder);
  else if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) throw new NoFolder("there is no such folder");
  makeFolder(folder);
  const versions = makeFolders(folder, ["terraform.d", "plugins", ...PROVIDER.source.split("/")]);
  // Outside plugins/, where Terraform takes every folder for somebody's provider.
  const beside = mkdtempSync(join(folder, "terraform.d", ".passthru-"));
  try {
    const made = join(beside, EXECUTABLE);
    copyFileSync(join(root, "dist", EXECUTABLE), made);
    chmodSync(made, 0o755); // some package managers lose it
    for (const platform of PLATFORMS) {
      const place = makeFolders(versions, [version, platform]);
      linkOrCopy(made, join(beside, platform));
      renameSync(join(beside, platform), join(place, EXECUTABLE));
      removeAllBut(EXECUTABLE, place);
    }
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  removeAllBut(version, versions);
  return { version, folder: join(versions, version) };
}

/** This file is in lib/, or compiled in dist/lib/ or dist/. */
function packageRoot(): string {
  const root = [__dirname, dirname(__dirname), dirname(dirname(__dirname))].find((folder) => existsSync(join(folder, "dist", EXECUTABLE)));
  if (root === undefined) throw new Error("the Terraform provider is not built yet: npm run build");
  return root;
}

/** What leads to the folder is the user's own, links too. */
function makeParents(folder: string): void {
  const parent = dirname(folder);
  if (parent === folder || existsSync(parent)) return;
  makeParents(parent);
  mkdirSync(parent);
}

/** Folders inside each other; returns the innermost. */
function makeFolders(folder: string, names: readonly string[]): string {
  return names.reduce((outer, name) => {
    const inner = join(outer, name);
    makeFolder(inner);
    return inner;
  }, folder);
}

/** One at a time: Node's `recursive` goes through links, and never ends where a folder can't be made (/proc). */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // Also where another installation was faster.
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) throw new LinkInTheWay(folder);
    if (!found) throw error;
  }
}

function removeAllBut(name: string, folder: string): void {
  for (const other of readdirSync(folder)) {
    if (other !== name) rmSync(join(folder, other), { recursive: true, force: true });
  }
}

/** A stack for each team is many files of half a megabyte. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

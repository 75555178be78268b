import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync } from "node:fs";
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

/**
 * Puts this package's Terraform provider where a `terraform init` in the folder finds it without any set-up: Terraform's implied
 * local mirror. Other versions there are removed, so that the provider is always that of the package.
 *
 * @throws what the file system throws
 */
export function installProvider(folder: string): InstalledProvider {
  const root = packageRoot();
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
  const versions = join(folder, "terraform.d", "plugins", ...PROVIDER.source.split("/"));
  rmSync(versions, { recursive: true, force: true });
  const [first, ...others] = PLATFORMS.map((platform) => join(versions, version, platform, EXECUTABLE));
  place(first!, () => copyFileSync(join(root, "dist", EXECUTABLE), first!));
  for (const other of others) place(other, () => linkOrCopy(first!, other));
  return { version, folder: join(versions, version) };
}

/** This file is in lib/, or compiled in dist/lib/ or dist/. */
function packageRoot(): string {
  const root = [__dirname, dirname(__dirname), dirname(dirname(__dirname))].find((folder) => existsSync(join(folder, "dist", EXECUTABLE)));
  if (root === undefined) throw new Error("the Terraform provider is not built yet: npm run build");
  return root;
}

function place(file: string, write: () => void): void {
  mkdirSync(dirname(file), { recursive: true });
  write();
  chmodSync(file, 0o755); // some package managers lose it
}

/** A stack for each team is many files of half a megabyte. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface Binaries {
  readonly vcenter: string;
  readonly govc: string;
}

const sourceFolder = join(__dirname, "../vcenter");
const cache = join(__dirname, "../../../node_modules/.cache/passthru-e2e");

let built: Binaries | undefined;

/** The simulator and govc, built once for these sources: a minute with a cold Go cache. */
export function binaries(): Binaries {
  return (built ??= lookUpOrBuild());
}

function lookUpOrBuild(): Binaries {
  const folder = join(cache, sourcesHash());
  if (!existsSync(folder)) build(folder);
  return { vcenter: join(folder, "vcenter"), govc: join(folder, "govc") };
}

// Into a folder of its own first, so that nobody finds half of it and two builders don't harm each other.
function build(folder: string): void {
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, "building-"));
  try {
    const flags = ["-trimpath", "-buildvcs=false", "-mod=readonly", "-ldflags=-s -w", "-o", `${scratch}/`];
    const env = { ...process.env, CGO_ENABLED: "0" };
    execFileSync("go", ["build", ...flags, "./cmd/vcenter", "./cmd/govc"], { cwd: sourceFolder, env, stdio: ["ignore", "pipe", "pipe"] });
    renameSync(scratch, folder);
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function sourcesHash(): string {
  const hash = createHash("sha256");
  for (const file of sources())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(sourceFolder, file)))
      .update("\0");
  return hash.digest("hex").slice(0, 16);
}

function sources(): readonly string[] {
  const files = readdirSync(sourceFolder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => /\.go$|^go\.(mod|sum)$/.test(file)).sort();
}

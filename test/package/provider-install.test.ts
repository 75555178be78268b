import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import manifest from "../../package.json";
import { PROVIDER, RESOURCES } from "../../lib/schema";
import { describeWhere } from "../e2e/rig";

const command = join(__dirname, "../..", manifest.bin.passthru);
const scratch = mkdtempSync(join(tmpdir(), "passthru-install-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const install = (...args: string[]) =>
  spawnSync(process.execPath, [command, "provider", "install", ...args], {
    cwd: scratch,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
    timeout: 30_000,
  });
const versionsIn = (folder: string) => join(scratch, folder, "terraform.d/plugins", PROVIDER.source);

test("the provider is put where Terraform looks, for every Unix platform, the same script each", () => {
  const installed = install("--dir", "stack", "--create");
  expect([installed.status, installed.stderr]).toEqual([0, ""]);
  expect(installed.stdout).toContain(join("stack/terraform.d/plugins", PROVIDER.source, manifest.version));
  expect(installed.stdout).toContain(`source  = "${PROVIDER.source}"`);
  const platforms = join(versionsIn("stack"), manifest.version);
  expect(readdirSync(platforms)).toEqual(expect.arrayContaining(["darwin_arm64", "linux_amd64", "linux_arm64"]));
  for (const platform of readdirSync(platforms)) {
    expect(readdirSync(join(platforms, platform))).toEqual(["terraform-provider-passthru"]);
    const file = join(platforms, platform, "terraform-provider-passthru");
    expect(statSync(file).mode & 0o777).toBe(0o755);
    expect(readFileSync(file).equals(readFileSync(join(__dirname, "../../dist/terraform-provider-passthru")))).toBe(true);
  }
});

test("without a folder it is put here, and takes the place of another version", () => {
  mkdirSync(join(versionsIn("."), "9.9.9/linux_amd64"), { recursive: true });
  expect(install().status).toBe(0);
  expect(install().status).toBe(0);
  expect(readdirSync(versionsIn("."))).toEqual([manifest.version]);
});

test("a folder that is not there may be a slip, and is made only where that is asked for", () => {
  const installed = install("--dir", "slip/stack");
  expect([installed.status, installed.stdout]).toEqual([2, ""]);
  expect(installed.stderr).toMatch(/^error: there is no folder slip\/stack: correct the name, or have it made with --create\n/);
  expect(existsSync(join(scratch, "slip"))).toBe(false);
});

test("eight at once all succeed, and there is a whole provider at every moment", async () => {
  mkdirSync(join(scratch, "together"));
  expect(install("--dir", "together").status).toBe(0);
  const file = join(versionsIn("together"), manifest.version, "linux_amd64/terraform-provider-passthru");
  const size = statSync(file).size;
  const running = Array.from({ length: 8 }, () =>
    spawn(process.execPath, [command, "provider", "install", "--dir", "together"], { cwd: scratch }),
  );
  let missed = 0;
  const looking = setInterval(() => (missed += statSync(file, { throwIfNoEntry: false })?.size === size ? 0 : 1), 1);
  const statuses = await Promise.all(running.map(async (child) => ((await once(child, "exit")) as [number])[0]));
  clearInterval(looking);
  expect(statuses).toEqual(Array.from({ length: 8 }, () => 0));
  expect(missed).toBe(0);
  expect(readdirSync(versionsIn("together"))).toEqual([manifest.version]);
  expect(readdirSync(join(scratch, "together/terraform.d"))).toEqual(["plugins"]);
});

test("a folder that can't be written is a mistake", () => {
  writeFileSync(join(scratch, "file"), "");
  const installed = install("--dir", "file");
  expect([installed.status, installed.stdout]).toEqual([2, ""]);
  expect(installed.stderr).toMatch(/^error: the provider can't be put into file: ENOTDIR/);
});

describe("a link on the way is refused, and what it leads to is left alone", () => {
  const parts = ["terraform.d", "plugins", ...PROVIDER.source.split("/")];
  const rows = [0, 1, 2, 3, 4, 5].map((depth) => join("linked", ...parts.slice(0, depth)));

  test.each(rows)("%s", (link) => {
    const target = join(scratch, "theirs");
    const below = join(...["linked", ...parts].slice(link.split("/").length), "9.9.9");
    for (const folder of [target, join(scratch, "linked")]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(target, below), { recursive: true });
    mkdirSync(join(scratch, dirname(link)), { recursive: true });
    symlinkSync(target, join(scratch, link));
    const installed = install("--dir", "linked");
    expect([installed.status, installed.stdout]).toEqual([2, ""]);
    expect(installed.stderr).toContain(`can't be put into linked: ${link} is a link, expected a folder`);
    expect(existsSync(join(target, below))).toBe(true);
    expect(readdirSync(join(target, dirname(below)))).toEqual([basename(below)]);
  });

  test("a link that leads nowhere", () => {
    rmSync(join(scratch, "linked"), { recursive: true, force: true });
    symlinkSync("nowhere", join(scratch, "linked"));
    expect(install("--dir", "linked").stderr).toContain("linked is a link");
    expect(existsSync(join(scratch, "nowhere"))).toBe(false);
  });

  test("but links that lead to the folder are the user's own", () => {
    mkdirSync(join(scratch, "theirs/stack"), { recursive: true });
    symlinkSync("theirs", join(scratch, "mine"));
    expect(install("--dir", "mine/stack").status).toBe(0);
    expect(readdirSync(versionsIn("theirs/stack"))).toEqual([manifest.version]);
  });
});

test("a folder that can't be made is a mistake, and soon", () => {
  for (const folder of ["/proc/passthru", "/proc/passthru/below"]) {
    const installed = install("--dir", folder, "--create");
    expect([installed.status, installed.signal]).toEqual([2, null]);
    expect(installed.stderr).toContain(`the provider can't be put into ${folder}: E`);
  }
});

describeWhere(["terraform"], "the installed provider under Terraform", () => {
  const folder = join(scratch, "terraform");
  const terraform = (...args: string[]) =>
    spawnSync("terraform", args, {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: scratch, TF_CLI_CONFIG_FILE: join(scratch, "cli.tfrc"), CHECKPOINT_DISABLE: "1" },
    });

  test("a configuration with what the command tells finds the provider and its schema, and locks it for all platforms", () => {
    writeFileSync(join(scratch, "cli.tfrc"), "");
    const { stdout } = install("--dir", folder, "--create");
    writeFileSync(join(folder, "main.tf"), stdout.slice(stdout.indexOf("terraform {")));
    expect(terraform("init")).toMatchObject({ status: 0 });
    const schema = JSON.parse(terraform("providers", "schema", "-json").stdout) as {
      readonly provider_schemas: Readonly<Record<string, { readonly resource_schemas: object }>>;
    };
    expect(Object.keys(schema.provider_schemas[PROVIDER.source]!.resource_schemas)).toEqual(Object.keys(RESOURCES).sort());
    const platforms = ["-platform=linux_amd64", "-platform=darwin_arm64", "-platform=linux_arm64"];
    const locked = terraform("providers", "lock", `-fs-mirror=${join(folder, "terraform.d/plugins")}`, ...platforms);
    expect(locked).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8").match(/"h1:/g)).toHaveLength(1);
  });
});

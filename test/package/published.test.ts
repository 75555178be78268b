import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import manifest from "../../package.json";

// What `npm run build` left in dist, as a user gets it: packed, unpacked elsewhere, with nothing beside it but the dependencies.
const root = join(__dirname, "../..");
const user = mkdtempSync(join(tmpdir(), "passthru-user-"));
const installed = join(user, "node_modules", manifest.name);
let files: readonly string[] = [];

beforeAll(() => {
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", user], { cwd: root, encoding: "utf8" });
  const [archive] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  files = archive.files.map(({ path }) => path);
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(user, archive.filename), "-C", installed, "--strip-components=1"]);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(user, "node_modules", name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(user, "node_modules", name));
  }
}, 60_000);

afterAll(() => rmSync(user, { recursive: true, force: true }));

function node(...args: readonly string[]) {
  return spawnSync(process.execPath, args, { cwd: user, encoding: "utf8" });
}

test("the package holds what is built and the documents, and no source or test", () => {
  const others = files.filter((path) => !path.startsWith("dist/") && !/^docs\/[\w/-]+[.]md$/.test(path));
  expect(others.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
  expect(files).toContain("docs/getting-started.md");
  expect(files.filter((path) => !/\.(js|d\.ts|json)$/.test(path) && path.startsWith("dist/")).sort()).toEqual([
    "dist/THIRD-PARTY-LICENSES.txt",
    "dist/command.cache",
    "dist/terraform-provider-passthru",
  ]);
  expect(files.filter((path) => /^dist\/(test|stacks)\//.test(path))).toEqual([]);
});

test("every entry and every command of the manifest is there", () => {
  const targets = Object.values(manifest.exports).flatMap((entry): readonly string[] =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  );
  const missing = [...targets, ...Object.values(manifest.bin), manifest.main, manifest.types].filter(
    (path) => !existsSync(join(installed, path)),
  );
  expect(missing).toEqual([]);
  expect(statSync(join(installed, manifest.bin.passthru)).mode & 0o111).toBe(0o111);
});

test("the engine loads where neither cdktf nor the command's own libraries are installed", () => {
  expect(node("-p", `typeof require("${manifest.name}/engine").check`)).toMatchObject({ status: 0, stdout: "function\n", stderr: "" });
});

test("the engine can be imported by name from an ES module", () => {
  const code = `import { check } from "${manifest.name}/engine"; console.log(typeof check)`;
  expect(node("--input-type=module", "-e", code)).toMatchObject({ status: 0, stdout: "function\n", stderr: "" });
});

test.each(["inventory", "report"])("the schema of the %s is published", (name) => {
  const found = node("-p", `JSON.stringify(require("${manifest.name}/schema/${name}.json"))`);
  expect(found).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(found.stdout)).toMatchObject({
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: `urn:vsphere-passthru:schema:${name}`,
    title: `passthru ${name}`,
  });
});

test("the command judges a stack by inventories of all three notations", () => {
  const data = join(root, "test/data/check");
  for (const inventory of ["inventory.json", "inventory.yaml", "inventory.hcl"]) {
    const found = node(join(installed, manifest.bin.passthru), "check", join(data, "cdk.tf.json"), "-i", join(data, inventory));
    expect(found).toMatchObject({ status: 0, stderr: "" });
    expect(found.stdout).toMatch(/^✓ fits/);
  }
});

test("the licences of what the command and the provider contain are told", () => {
  const text = readFileSync(join(installed, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const name of ["commander", "yaml", "@grpc/grpc-js", "@msgpack/msgpack", "protobufjs", "asn1js", "saxes"]) {
    expect(text).toMatch(new RegExp(`^${name} [0-9.]+ \\(`, "m"));
  }
});

test("what is published names no machine and no source of ours outside the package", () => {
  const mentions = files.filter((path) => readFileSync(join(installed, path), "utf8").includes(root));
  expect(mentions).toEqual([]);
});

test("the command starts without its cache of compiled code, or with one that is no good", () => {
  const cache = join(installed, "dist/command.cache");
  for (const spoil of [() => writeFileSync(cache, "no good"), () => rmSync(cache)]) {
    spoil();
    expect(node(join(installed, manifest.bin.passthru), "--version")).toMatchObject({
      status: 0,
      stdout: `${manifest.version}\n`,
      stderr: "",
    });
  }
});

import { appOf, mistakesOf, readApp, readFiles, readStack } from "./read";

const STACK = { resource: {} };
const manifest = (content: unknown) => ({ "cdktf.out/manifest.json": content });
const stackAt = (synthesizedStackPath: unknown) => manifest({ stacks: { a: { synthesizedStackPath } } });

describe("a path that is no stack is a mistake that says what to do", () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ["no cdktf.out", {}, "cdktf.out", "cdktf.out  not found; `cdktf synth` makes it"],
    [
      "no file",
      {},
      "x.json",
      "x.json  not found; expected a cdktf.out folder (made by `cdktf synth`), a plan in JSON, or a folder of *.tf",
    ],
    [
      "a folder of other things",
      { "f/readme.md": "" },
      "f",
      "f  the folder has no manifest.json and no *.tf, *.tofu or *.tf.json; expected a cdktf.out folder",
    ],
    ["the folder above", { "app/cdktf.out/manifest.json": "{}" }, "app", "did you mean app/cdktf.out?"],
    ["an inventory", { "inventory.hcl": 'cluster "c" {}' }, "inventory.hcl", "an inventory is given with --inventory"],
    ["HCL that is cut off", { "main.tf": 'resource "a" "b" {\n' }, "main.tf", 'main.tf:1:18  "{" is never closed'],
    [
      "a block without its labels",
      { "main.tf": '\nresource "a" {\n}\n' },
      "main.tf",
      'main.tf:2:1  expected resource "TYPE" "NAME", found "resource a"',
    ],
    [
      "an unknown block in HCL",
      { "main.tf": 'resorce "a" "b" {\n}\n' },
      "main.tf",
      'main.tf:1:1  unknown block "resorce"; did you mean "resource"?',
    ],
    [
      "a resource twice in HCL",
      { "main.tf": 'resource "a" "b" {}\nresource "a" "b" {}\n' },
      "main.tf",
      "main.tf:2:1  a.b is declared twice, first in line 1",
    ],
    [
      "variables that are no list of values",
      { "f/main.tf": "", "f/terraform.tfvars": "a {}" },
      "f",
      'found a block "a", expected NAME = VALUE',
    ],
    ["a state", { "p.json": { format_version: "1.0", values: {} } }, "p.json", "this is a Terraform state"],
    [
      "a binary plan",
      { plan: Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff]) },
      "plan",
      "plan  this is a binary plan (or another zip file): `terraform show -json plan > plan.json`, then `npx vsphere-passthru check plan.json`",
    ],
    [
      "a binary plan in a folder, with a name that a shell takes apart",
      { "envs/prod/-a b.bin": Buffer.from([0x50, 0x4b, 0x03, 0x04]) },
      "envs/prod/-a b.bin",
      "`terraform -chdir=envs/prod show -json './-a b.bin' > 'envs/prod/-a b.json'`, then `npx vsphere-passthru check 'envs/prod/-a b.json'`",
    ],
    ["a binary plan on standard input", { "-": Buffer.from([0x50, 0x4b, 0x03, 0x04]) }, "-", "`terraform show -json PLAN > plan.json`"],
    [
      "HCP Terraform's redacted plan",
      { "p.json": { plan_format_version: "1.2", resource_changes: [] } },
      "p.json",
      "this is HCP Terraform's redacted plan",
    ],
    [
      "a folder of environments",
      {
        "envs/prod/main.tf": "",
        "envs/dev/main.tf": 'module "a" {\n  source = "../parts/vm"\n}',
        "envs/parts/vm/a.tf": "",
        "envs/modules/b/b.tf": "",
      },
      "envs",
      "configurations are in envs/dev and envs/prod: give one of them, several as one batch, or several with --each",
    ],
    ["a folder above one root", { "a/b/c/main.tf": "" }, "a", "a configuration is in a/b/c: give that"],
    ["a folder of Terragrunt", { "a/terragrunt.hcl": "", "a/b/main.tf": "" }, "a", "`terragrunt show -json plan.bin > plan.json`"],
    [
      "a state file",
      { "terraform.tfstate": { version: 4, serial: 1, lineage: "x" } },
      "terraform.tfstate",
      "make a plan, and `terraform show -json",
    ],
    ["the log of a plan", { "p.json": { "@level": "info" } }, "p.json", "this is the log of `terraform plan -json`"],
    ["the schemas of providers", { "p.json": { format_version: "1.0", provider_schemas: {} } }, "p.json", "not a plan"],
    [
      "a plan beside a configuration",
      { "f/a.tf.json": { resource: {} }, "f/p.tf.json": { format_version: "1.2", planned_values: {} } },
      "f",
      "give it by itself",
    ],
    ["a manifest", { "m.json": { stacks: {} } }, "m.json", "give the folder that it is in"],
    ["other JSON", { "p.json": { name: "x" } }, "p.json", "p.json:1:1  found no Terraform block"],
    ["a list", { "p.json": [] }, "p.json", "p.json:1:1  expected an object with Terraform blocks"],
    ["an empty file", { "p.json": "" }, "p.json", "p.json:1:1  found the end of the file, expected a value"],
    ["text", { "-": "Plan: 1 to add" }, "-", "-:1  found neither JSON nor Terraform's blocks"],
    ["UTF-16", { "p.json": Buffer.from("\ufeff{}", "utf16le") }, "p.json", "the file is UTF-16, expected UTF-8"],
    ["binary nonsense", { "p.json": Buffer.from([0x7b, 0x80, 0xff]) }, "p.json", "p.json:1  a character that is not UTF-8"],
    ["Latin-1", { "m.tf": Buffer.from("# gr\u00fc\u00df\n", "latin1") }, "m.tf", "m.tf:1  a character that is not UTF-8: save the file"],
    [
      "Latin-1 after UTF-8",
      { "m.tf": Buffer.concat([Buffer.from("\ufeff# \u00fc \ufffd\r\n\n# \u00df"), Buffer.from([0xfc, 0x0a])]) },
      "m.tf",
      "m.tf:3  a",
    ],
    ["a character that is cut off", { "m.tf": Buffer.from("a {}\n# \u00fc").subarray(0, -1) }, "m.tf", "m.tf:2  a character"],
    ["JSON that is cut off", { "p.json": '{\n  "resource": {\n' }, "p.json", "p.json:3:1  found the end of the file, expected a key"],
    ["a key twice", { "p.json": '{"resource": {},\n"resource": {}}' }, "p.json", 'p.json:2:1  key "resource" is given twice'],
    [
      "an unknown block",
      { "p.json": { resources: {}, data: {} } },
      "p.json",
      'p.json:2:3  unknown block "resources"; did you mean "resource"?',
    ],
    [
      "count and for_each of one resource",
      { "p.json": { resource: { t: { a: { count: 1, for_each: {} } } } } },
      "p.json",
      "p.json:6:9  t.a has both count and for_each, expected one of them",
    ],
    [
      "count and for_each of a data source in HCL, one of them null",
      { "main.tf": 'data "t" "a" {\n  count = null\n  for_each = {}\n}\n' },
      "main.tf",
      "main.tf:3:3  data.t.a has both count and for_each, expected one of them",
    ],
    [
      "count and for_each of a module",
      { "main.tf": 'module "a" {\n  for_each = {}\n  count = 1\n}\n' },
      "main.tf",
      "main.tf:2:3  module.a has both count and for_each, expected one of them",
    ],
    ["a block of another shape", { "p.json": { resource: { t: { a: 1, b: {} } } } }, "p.json", 'p.json:4:7  "a" must be an object'],
    [
      "a resource twice",
      { "p.json": { resource: [{ t: { a: {} } }, { t: { a: {} } }] } },
      "p.json",
      "p.json:10:9  t.a is declared twice, first in line 5",
    ],
    ["a manifest without stacks", manifest({}), "cdktf.out", "cdktf.out/manifest.json:1:1  expected a manifest of cdktf"],
    ["a manifest with no stack", manifest({ stacks: {} }), "cdktf.out", "the manifest has no stacks"],
    ["a stack of another shape", manifest({ stacks: { a: 1 } }), "cdktf.out", 'manifest.json:3:5  stack "a": expected an object'],
    ["a stack without a file", stackAt(undefined), "cdktf.out", "`synthesizedStackPath` is missing"],
    [
      "a stack whose file is missing",
      stackAt("stacks/a/cdk.tf.json"),
      "cdktf.out",
      'stack "a": "cdktf.out/stacks/a/cdk.tf.json" is missing: run `cdktf synth` again',
    ],
    ["a stack outside", stackAt("../secret.json"), "cdktf.out", '`synthesizedStackPath` "../secret.json" leads out of this folder'],
    ["a stack outside by a detour", stackAt("a\\..\\..\\x"), "cdktf.out", "leads out of this folder"],
    ["a stack at an absolute path", stackAt("/etc/passwd"), "cdktf.out", "leads out of this folder"],
    [
      "a stack in HCL that is none",
      { ...stackAt("cdk.tf"), "cdktf.out/cdk.tf": "x {" },
      "cdktf.out",
      'cdktf.out/cdk.tf:1:3  "{" is never closed',
    ],
    ["an unknown dependency", appOf({ a: STACK }, { a: ["b"] }), "cdktf.out", 'stack "a" depends on "b", which the manifest does not have'],
  ])("%s", (_, files, path, expected) => expect(mistakesOf(() => readFiles(files, [path]))).toContain(expected));

  test("and no path at all", () => expect(mistakesOf(() => readFiles({}, []))).toContain("no path is given"));
});

describe("a stack on disk that the manifest does not name", () => {
  const VM = { resource: { vsphere_virtual_machine: { a: {} } } };
  const read = (leftover: Record<string, unknown>, stacks: Parameters<typeof appOf>[0] = { a: VM }) =>
    readFiles({ ...appOf(stacks), ...leftover }, ["cdktf.out"]);

  test.each(["cdk.tf.json", "cdk.tf"])("is a mistake that says how to clean up, as %s", (file) => {
    expect(mistakesOf(() => read({ [`cdktf.out/stacks/old/${file}`]: "" }))).toBe(
      `cdktf.out/stacks/old/${file}  the manifest does not name the stack "old", so one of the two is of an earlier synth: ` +
        'remove "cdktf.out" and run `cdktf synth` again',
    );
  });

  test("is told with the other mistakes", () => {
    const mistakes = mistakesOf(() => read({ "cdktf.out/stacks/old/cdk.tf.json": "" }, { a: "{" }));
    expect(mistakes.split("\n")).toHaveLength(2);
  });

  test.each([
    ["a folder without a stack", { "cdktf.out/stacks/old/terraform.tfstate": "" }],
    ["what else is beside a stack", { "cdktf.out/stacks/a/notes.txt": "", "cdktf.out/assets/old/cdk.tf.json": "" }],
    ["what is left of the other notation", { "cdktf.out/stacks/a/cdk.tf": "" }],
  ])("is not %s", (_, leftover) => {
    expect(read(leftover).vms).toHaveLength(1);
  });
});

test("the mistakes of all files are reported at once", () => {
  const files = { ...appOf({ a: "{", b: { resource: 1 } }), "c.json": "[" };
  expect(mistakesOf(() => readFiles(files, ["cdktf.out", "c.json"])).split("\n")).toHaveLength(3);
});

test("a folder's *.tf.json are one stack, named after the folder or as cdktf says", () => {
  const vm = (name: string) => ({ resource: { vsphere_virtual_machine: { [name]: {} } } });
  const plan = readFiles({ "f/a.tf.json": vm("x"), "f/b.tf.json": vm("y") }, ["f"]);
  expect(plan.stacks).toEqual([{ name: "f", file: "f/a.tf.json", dependsOn: [] }]);
  expect(plan.vms.map(({ address }) => address)).toEqual(["vsphere_virtual_machine.x", "vsphere_virtual_machine.y"]);
  expect(readStack({ "//": { metadata: { stackName: "mine" } } }).stacks[0]!.name).toBe("mine");
});

test("a stack without a VM is not this reader's mistake", () => {
  expect(readApp({ a: STACK })).toMatchObject({ vms: [], deviceChanges: [], rules: [], notes: [] });
});

test("a module is an error, because its VMs can't be seen", () => {
  expect(readStack({ module: { m: { source: "./m" } } }).notes).toMatchObject([{ rule: "module-not-read", resource: "module.m" }]);
});

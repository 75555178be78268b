import { known, Plan, unknown } from "../../lib/model";
import { StackOptions } from "../../lib/stack";
import { mistakesOf, readApp, readFiles, vmStack } from "./read";

const VM = 'resource "vsphere_virtual_machine" "v" {\n  name = var.name\n}\n';
const NAME = 'variable "name" {\n  type = string\n}\n';

/** Reads `gpu/main.tf`, with other files. */
function read(text: string, others: Readonly<Record<string, unknown>> = {}, options: Partial<StackOptions> = {}): Plan {
  return readFiles({ "gpu/main.tf": text, ...others }, ["gpu"], options);
}

const namesOf = ({ vms }: Plan): object =>
  Object.fromEntries(vms.map(({ address, name }) => [address, name.known ? name.value : name.why]));

describe("instances of a module in a folder beside the stack", () => {
  const others = { "gpu/vm/main.tf": NAME + VM };
  test.each<[string, string, object]>([
    ["one", 'name = "a"', { "module.m.vsphere_virtual_machine.v": "a" }],
    [
      "count",
      'count = 2\n  name = "a-${count.index}"',
      { "module.m[0].vsphere_virtual_machine.v": "a-0", "module.m[1].vsphere_virtual_machine.v": "a-1" },
    ],
    ["count of none", 'count = 0\n  name = "a"', {}],
    [
      "for_each over a map",
      'for_each = { x = "a", y = "b" }\n  name = "${each.key}-${each.value}"',
      { 'module.m["x"].vsphere_virtual_machine.v': "x-a", 'module.m["y"].vsphere_virtual_machine.v': "y-b" },
    ],
    ["for_each over a set", 'for_each = toset(["x"])\n  name = each.key', { 'module.m["x"].vsphere_virtual_machine.v': "x" }],
  ])("%s", (_, body, expected) => expect(namesOf(read(`module "m" {\n  source = "./vm"\n  ${body}\n}\n`, others))).toEqual(expected));

  test("stand for all where their number is not known", () => {
    const text = 'module "m" {\n  source = "./vm"\n  count = data.t.n.size\n  name = "a-${count.index}"\n}\ndata "t" "n" {}\n';
    expect(read(text, others).vms).toMatchObject([
      { address: "module.m.vsphere_virtual_machine.v", unknownCount: "${data.t.n.size} (known after apply)", name: { known: false } },
    ]);
  });

  test("are called by their addresses where their names are not known: modules call their resources alike", () => {
    const call = (name: string): string => `module "${name}" {\n  source = "./vm"\n  name = var.unset\n}\n`;
    const plan = read(`variable "unset" {}\n${call("m")}${call("n")}${VM.replace("var.name", "var.unset")}`, others);
    expect(plan.vms.map(({ label }) => label)).toEqual(["v", "module.m.vsphere_virtual_machine.v", "module.n.vsphere_virtual_machine.v"]);
  });

  test("are in their own files", () => {
    const plan = read('module "m" {\n  source = "./vm"\n  name = "a"\n}\n', others);
    expect(plan.vms[0]).toMatchObject({ source: { file: "gpu/vm/main.tf", line: 4 }, stack: "gpu" });
    expect(plan.notes).toEqual([]);
  });

  test("have each and count of their resources for themselves", () => {
    const inner =
      'resource "vsphere_virtual_machine" "v" {\n  count = 2\n  name = "v-${count.index}"\n}\nresource "vsphere_virtual_machine" "w" {\n  for_each = { y = 1 }\n  name = each.key\n}\n';
    expect(namesOf(read('module "m" {\n  source = "./vm"\n  for_each = { x = 1 }\n}\n', { "gpu/vm/main.tf": inner }))).toEqual({
      'module.m["x"].vsphere_virtual_machine.v[0]': "v-0",
      'module.m["x"].vsphere_virtual_machine.v[1]': "v-1",
      'module.m["x"].vsphere_virtual_machine.w["y"]': "y",
    });
  });
});

// In HCL, and in an address as Terraform 1.11 writes it.
test.each([
  ["a b", "a b"],
  [String.raw`x\"y`, String.raw`x\"y`],
  [String.raw`t\\s`, String.raw`t\\s`],
  [String.raw`tab\tnew\n`, String.raw`tab\tnew\n`],
  ["$${z}", "$${z}"],
  ["%%{q}", "%%{q}"],
  ["$5 100%", "$5 100%"],
  ["é<&>\u{1F600}", "é<&>\u{1F600}"],
  [String.raw`\u0007\u007f\u00a0\u200b\u2028`, String.raw`\u0007\u007f\u00a0\u200b\u2028`],
  [String.raw`\U000E0001`, String.raw`\U000e0001`],
])("the key %s in an address", (written, key) => {
  const text = `module "m" {\n  source = "./vm"\n  for_each = { "${written}" = 1 }\n  name = each.key\n}\n`;
  const [vm] = read(text, { "gpu/vm/main.tf": NAME + VM }).vms;
  expect(vm!.address).toBe(`module.m["${key}"].vsphere_virtual_machine.v`);
});

test.each([
  ["below", "./modules/vm", "gpu/modules/vm"],
  ["beside", "../vm", "vm"],
  ["with a slash at its end", "./vm/", "gpu/vm"],
])("a folder %s", (_, source, folder) => {
  const plan = read(`module "m" {\n  source = "${source}"\n  name = "a"\n}\n`, { [`${folder}/main.tf`]: NAME + VM });
  expect(plan.vms[0]).toMatchObject({ name: known("a"), source: { file: `${folder}/main.tf` } });
});

test("modules in modules, with paths from the folder of each, as path.module has them", () => {
  const plan = read('module "a" {\n  source = "./a"\n  for_each = toset(["k"])\n  name = each.key\n}\n', {
    "gpu/a/main.tf": `${NAME}module "b" {\n  source = "../b"\n  count = 1\n  name = "\${var.name}-\${count.index}"\n}\n`,
    "gpu/b/main.tf": `${NAME}resource "vsphere_virtual_machine" "v" {\n  name = "\${var.name} \${path.module} \${path.root}"\n}\n`,
  });
  expect(namesOf(plan)).toEqual({ 'module.a["k"].module.b[0].vsphere_virtual_machine.v': "k-0 b ." });
});

describe("outputs", () => {
  const maker = `${NAME}output "o" {\n  value = "\${var.name}!"\n}\noutput "bad" {\n  value = {}.nothing\n}\n`;
  const vm = (name: string): string => `resource "vsphere_virtual_machine" "v" {\n  name = ${name}\n}\n`;
  test.each<[string, string, string, string]>([
    ["one", "", "module.m.o", "a!"],
    ["of one of several", "count = 2", "module.m[1].o", "a!"],
    ["of one by key", 'for_each = toset(["k"])', 'module.m["k"].o', "a!"],
    ["of all", "count = 2", 'join(",", module.m[*].o)', "a!,a!"],
    ["of all by key", "for_each = { k = 1, l = 2 }", 'join(",", [for k, m in module.m : "${k}${m.o}"])', "ka!,la!"],
    ["of all by key, as values", "for_each = { k = 1 }", 'join(",", values(module.m)[*].o)', "a!"],
    ["their names", "", 'join(",", keys(module.m))', "bad,o"],
    ["of none", "count = 0", 'length(module.m) == 0 ? "none" : "some"', "none"],
    ["that is not there", "", 'try(module.m.other, "other")', "other"],
    ["that can't be evaluated", "", "module.m.bad", '${{}.nothing} (the object has no "nothing")'],
  ])("%s", (_, repeated, name, expected) => {
    const text = `module "m" {\n  source = "./m"\n  name = "a"\n  ${repeated}\n}\n${vm(name)}`;
    expect(namesOf(read(text, { "gpu/m/main.tf": maker }))).toEqual({ "vsphere_virtual_machine.v": expected });
  });

  test("two modules that need each other's, as long as no value needs itself", () => {
    const call = (name: string, other: string): string =>
      `module "${name}" {\n  source = "./m"\n  first = "${name}"\n  second = module.${other}.first\n}\n`;
    const inner =
      'variable "first" {}\nvariable "second" {}\noutput "first" {\n  value = var.first\n}\noutput "second" {\n  value = var.second\n}\n';
    expect(namesOf(read(call("a", "b") + call("b", "a") + vm("module.a.second"), { "gpu/m/main.tf": inner }))).toEqual({
      "vsphere_virtual_machine.v": "b",
    });
  });

  test("lead to the resource that they identify", () => {
    const inner =
      'data "vsphere_compute_cluster" "c" {\n  name = "gpu"\n}\noutput "pool" {\n  value = data.vsphere_compute_cluster.c.resource_pool_id\n}\n';
    const outer = 'module "c" {\n  source = "./c"\n}\nmodule "v" {\n  source = "./v"\n  pool = module.c.pool\n}\n';
    const vms =
      'variable "pool" {\n  type = string\n}\nresource "vsphere_virtual_machine" "v" {\n  name = "v"\n  resource_pool_id = var.pool\n}\n';
    expect(read(outer, { "gpu/c/main.tf": inner, "gpu/v/main.tf": vms }).vms).toMatchObject([
      { cluster: known({ by: "name", name: "gpu" }) },
    ]);
  });

  test("of a module that is not read are not known", () => {
    const plan = read(`module "m" {\n  source = "hashicorp/x/vsphere"\n}\n${vm("module.m.o")}`);
    expect(plan.vms[0]!.name).toEqual(unknown("${module.m.o} (the module is not read)"));
  });
});

describe("providers", () => {
  const root = `provider "vsphere" {
  vsphere_server = "one"
}
provider "vsphere" {
  alias = "b"
  vsphere_server = "two"
}
`;
  const inner = 'data "vsphere_compute_cluster" "c" {\n  name = "gpu"\n}\n';
  const vm = (provider: string): string => `${inner}resource "vsphere_virtual_machine" "v" {\n  name = "v"\n  ${provider}\n}\n`;
  test.each<[string, string, string, string | undefined]>([
    ["inherited", "", "", "one"],
    ["passed", "providers = { vsphere = vsphere.b }", "", "two"],
    ["passed by another name", "providers = { vsphere.x = vsphere.b }", "provider = vsphere.x", "two"],
    ["not inherited with an alias", "", "provider = vsphere.b", undefined],
    ["not passed", "providers = { vsphere.x = vsphere.b }", "", "one"],
  ])("%s", (_, passed, used, server) => {
    const plan = read(`${root}module "m" {\n  source = "./m"\n  ${passed}\n}\n`, { "gpu/m/main.tf": vm(used) });
    expect(plan.vms[0]!.site?.vcenter?.text).toBe(server);
  });

  test("two levels down, and of its own", () => {
    const middle = 'module "n" {\n  source = "../n"\n  providers = { vsphere.y = vsphere.x }\n}\n';
    const passed = read(`${root}module "m" {\n  source = "./m"\n  providers = { vsphere.x = vsphere.b }\n}\n`, {
      "gpu/m/main.tf": middle,
      "gpu/n/main.tf": vm("provider = vsphere.y"),
    });
    expect(passed.vms[0]!.site?.vcenter?.text).toBe("two");
    const own = read(`${root}module "m" {\n  source = "./m"\n}\n`, {
      "gpu/m/main.tf": `provider "vsphere" {\n  vsphere_server = "three"\n}\n${vm("")}`,
    });
    expect(own.vms[0]!.site?.vcenter?.text).toBe("three");
    expect(own.stacks[0]!.servers).toEqual(["one", "two", "three"]);
  });
});

describe("dependencies", () => {
  const inner =
    'variable "after" {\n  default = null\n}\nresource "vsphere_virtual_machine" "v" {\n  name = "v"\n  annotation = var.after\n}\nresource "vsphere_virtual_machine" "w" {\n  name = "w"\n}\noutput "v" {\n  value = vsphere_virtual_machine.v.id\n}\noutput "name" {\n  value = "constant"\n}\n';
  const x = 'resource "vsphere_virtual_machine" "x" {\n  name = "x"\n';
  const [V, W, X] = ["module.m.vsphere_virtual_machine.v", "module.m.vsphere_virtual_machine.w", "vsphere_virtual_machine.x"];
  test.each<[string, string, string, object]>([
    ["none", "", "", { [V]: [], [W]: [], [X]: [] }],
    ["through an argument, for what uses it", "after = vsphere_virtual_machine.x.id", "", { [V]: [X], [W]: [], [X]: [] }],
    ["through an output, on what it names", "", "annotation = module.m.v", { [V]: [], [W]: [], [X]: [V] }],
    ["through another output", "", "annotation = module.m.name", { [V]: [], [W]: [], [X]: [] }],
    ["through all outputs", "", "annotation = jsonencode(module.m)", { [V]: [], [W]: [], [X]: [V] }],
    ["through the count of the module, for all in it", "count = length([vsphere_virtual_machine.x])", "", {}],
    ["through depends_on of the module, for all in it", "depends_on = [vsphere_virtual_machine.x]", "", { [V]: [X], [W]: [X], [X]: [] }],
    ["through depends_on on the module, on all in it", "", "depends_on = [module.m]", { [V]: [], [W]: [], [X]: [V, W] }],
  ])("%s", (_, call, body, expected) => {
    const plan = read(`module "m" {\n  source = "./m"\n  ${call}\n}\n${x}  ${body}\n}\n`, { "gpu/m/main.tf": inner });
    const found = Object.fromEntries(
      plan.vms.map(({ address, dependsOn }) => [address.replace("module.m[0]", "module.m"), [...dependsOn].sort()]),
    );
    expect(found).toEqual(Object.keys(expected).length > 0 ? expected : { [V]: [X], [W]: [X], [X]: [] });
  });

  test("between all instances of two modules", () => {
    const text = 'module "a" {\n  source = "./m"\n  count = 2\n}\nmodule "b" {\n  source = "./m"\n  after = module.a[0].v\n}\n';
    const { vms } = read(text, { "gpu/m/main.tf": inner });
    expect(vms.find(({ address }) => address === "module.b.vsphere_virtual_machine.v")!.dependsOn).toEqual([
      "module.a[0].vsphere_virtual_machine.v",
      "module.a[1].vsphere_virtual_machine.v",
    ]);
  });

  test("that lead in a circle are a mistake that names what is in it", () => {
    const text = `module "m" {\n  source = "./m"\n  after = vsphere_virtual_machine.x.id\n}\n${x}  annotation = module.m.v\n}\n`;
    expect(mistakesOf(() => read(text, { "gpu/m/main.tf": inner }))).toBe(
      "gpu/m/main.tf:4:1  these depend on each other: module.m.output.v, module.m.var.after, module.m.vsphere_virtual_machine.v, vsphere_virtual_machine.x",
    );
  });
});

describe("what terraform init installed", () => {
  const call = (source: string, version = ""): string => `module "m" {\n  source = "${source}"\n  ${version}\n  name = "a"\n}\n`;
  const installed = (entry: object): object => ({
    "gpu/.terraform/modules/modules.json": {
      Modules: [
        { Key: "", Source: "", Dir: "." },
        { Key: "m", Dir: ".terraform/modules/m/vm", ...entry },
      ],
    },
    "gpu/.terraform/modules/m/vm/main.tf": `${NAME}${VM}module "inner" {\n  source = "../inner"\n  name = "i"\n}\n`,
    "gpu/.terraform/modules/m/inner/main.tf": NAME + VM,
  });
  const REGISTRY = { Source: "registry.terraform.io/acme/vm/vsphere//vm", Version: "1.4.2" };
  const GITHUB = { Source: "git::https://github.com/acme/vm.git//vm?ref=v1" };

  test.each<[string, object, string, string]>([
    ["from a registry", REGISTRY, "acme/vm/vsphere//vm", ""],
    ["in a version that the call allows", REGISTRY, "acme/vm/vsphere//vm", "~> 1.2"],
    ["from OpenTofu's", { ...REGISTRY, Source: "registry.opentofu.org/acme/vm/vsphere//vm" }, "acme/vm/vsphere//vm", ">= 1, < 2.0.0"],
    ["from GitHub", GITHUB, "github.com/acme/vm//vm?ref=v1", ""],
    ["from git", { Source: "git::ssh://git@git.lab/acme/vm.git//vm" }, "git@git.lab:acme/vm.git//vm", ""],
    ["as it is written", { Source: "git::https://git.lab:8443/vm.git//vm" }, "git::https://git.lab:8443/vm.git//vm", ""],
  ])("%s", (_, entry, source, version) => {
    const plan = read(call(source, version && `version = "${version}"`), installed(entry) as Record<string, unknown>);
    expect(plan.notes).toEqual([]);
    expect(namesOf(plan)).toEqual({
      "module.m.vsphere_virtual_machine.v": "a",
      "module.m.module.inner.vsphere_virtual_machine.v": "i",
    });
    expect(plan.vms[0]!.source.file).toBe("gpu/.terraform/modules/m/vm/main.tf");
  });

  test.each<[string, object, string, string, string]>([
    ["another source", GITHUB, "github.com/acme/vm//vm?ref=v2", "is installed from another source than is written now", ""],
    ["another version", REGISTRY, "acme/vm/vsphere//vm", "is installed in version 1.4.2, which ~> 1.5 does not allow", "~> 1.5"],
    [
      "outside of the folder",
      { ...GITHUB, Dir: "../elsewhere" },
      "github.com/acme/vm//vm?ref=v1",
      "is installed outside of the folder",
      "",
    ],
    ["absolute", { ...GITHUB, Dir: "/elsewhere" }, "github.com/acme/vm//vm?ref=v1", "is installed outside of the folder", ""],
    ["a folder that is gone", { ...GITHUB, Dir: "gone" }, "github.com/acme/vm//vm?ref=v1", "was installed, and its folder is gone", ""],
    ["under another name", { ...GITHUB, Key: "n" }, "github.com/acme/vm//vm?ref=v1", "is not installed", ""],
  ])("but not from %s", (_, entry, source, why, version) => {
    const plan = read(call(source, version && `version = "${version}"`), installed(entry) as Record<string, unknown>);
    expect(plan.vms).toEqual([]);
    expect(plan.notes).toMatchObject([{ rule: "module-not-read", resource: "module.m", source: { file: "gpu/main.tf", line: 1 } }]);
    expect(plan.notes[0]!.message).toContain(why);
  });

  test.each(["{", "[]", '{"Modules": 1}', '{"Modules": [1, {}, {"Key": "m"}]}'])("a list that is none: %s", (text) => {
    const plan = read(call("acme/vm/vsphere"), { "gpu/.terraform/modules/modules.json": text });
    expect(plan.notes).toMatchObject([{ message: expect.stringContaining("is not installed") as string }]);
  });
});

describe("a module that is not at hand", () => {
  const CORRECT = "correct the source of module.m: a path that begins with ./ or ../ leads from the folder of the file that says it";
  test.each<[string, string, string, string | undefined]>([
    ["no folder", "./m", "there is no folder gpu/m", CORRECT],
    ["no files", "./empty", "the folder gpu/empty has no *.tf", CORRECT],
    ["a registry", "acme/vm/vsphere", "its source acme/vm/vsphere is not installed", undefined],
    ["secrets", "git::https://me:secret@git.lab/m.git?sshkey=secret", "its source git::https://git.lab/m.git is not installed", undefined],
  ])("%s", (_, source, why, fix) => {
    const { notes } = read(`module "m" {\n  source = "${source}"\n}\n`, { "gpu/empty/README.md": "" });
    expect(notes).toMatchObject([{ rule: "module-not-read", resource: "module.m", source: { file: "gpu/main.tf", line: 1 } }]);
    expect(notes[0]!.message).toBe(`module.m is not read, and VMs in it are not judged: ${why}`);
    expect(notes[0]!.fix).toBe(fix);
    expect(JSON.stringify(notes)).not.toContain("secret");
  });

  test("on standard input", () => {
    const text = 'module "m" {\n  source = "./m"\n}\n';
    expect(readFiles({ "-": text, "m/main.tf": NAME }, ["-"]).notes).toMatchObject([{ rule: "module-not-read" }]);
  });

  test("is no matter where its count is 0, and is told once where it is called by many", () => {
    const call = (count: string): string => `module "m" {\n  source = "acme/vm/vsphere"\n  ${count}\n}\n`;
    expect(read(call("count = 0")).notes).toEqual([]);
    expect(read(call("for_each = {}")).notes).toEqual([]);
    const outer = 'module "o" {\n  source = "./o"\n  count = 3\n}\n';
    expect(read(outer, { "gpu/o/main.tf": call("count = 2") }).notes).toMatchObject([{ resource: "module.o.module.m" }]);
  });
});

test("an output that its module marks as sensitive is not looked at, so that no message can show it", () => {
  const inside = 'output "secret" {\n  value = "s3cret"\n  sensitive = true\n}\noutput "plain" {\n  value = "v"\n}\n';
  const vm = (name: string): string => `resource "vsphere_virtual_machine" "${name}" {\n  name = module.m.${name}\n}\n`;
  const { vms } = read(`module "m" {\n  source = "./m"\n}\n${vm("secret")}${vm("plain")}`, { "gpu/m/main.tf": inside });
  expect(vms.map(({ name }) => (name.known ? name.value : name.why))).toEqual(["${module.m.secret} (sensitive)", "v"]);
});

describe("mistakes that Terraform refuses, too", () => {
  test.each<[string, string, string, string]>([
    [
      "an argument without a variable",
      'name = "a"\n  nmae = 1',
      "",
      'gpu/main.tf:4:3  module.m gives "nmae", and its module has no such variable; did you mean "name"?',
    ],
    ["a variable without a value", "", "", 'gpu/main.tf:1:1  module.m does not give "name", which its module requires'],
    [
      "a value of another type, at the call",
      "name = []",
      "",
      'gpu/main.tf:3:3  variable "name" of module.m must be a string, found a list (declared in gpu/m/main.tf:1)',
    ],
    [
      "a value of another type in several instances",
      'for_each = { x = "a", y = "b" }\n  name = each.value\n  size = each.key',
      'variable "size" {\n  type = number\n}\n',
      'gpu/main.tf:5:3  variable "size" of module.m["x"] must be a number, found a string (declared in gpu/m/main.tf:7)\n' +
        'gpu/main.tf:5:3  variable "size" of module.m["y"] must be a number, found a string (declared in gpu/m/main.tf:7)',
    ],
    [
      "a value that the module's validation refuses, at the call",
      'name = "a"\n  size = 5',
      'variable "size" {\n  validation {\n    condition = var.size < 4\n    error_message = "At most 3."\n  }\n}\n',
      'gpu/main.tf:4:3  variable "size" of module.m is refused by its validation: At most 3. (declared in gpu/m/main.tf:9)',
    ],
    [
      "a default that does not fit, at the default",
      'name = "a"',
      'variable "size" {\n  type = number\n  default = "x"\n}\n',
      'gpu/m/main.tf:7:1  variable "size" must be a number, found a string',
    ],
    ["in its files", 'name = "a"', "resource {}\n", 'gpu/m/main.tf:7:1  expected resource "TYPE" "NAME", found "resource"'],
    [
      "a module in itself",
      'name = "a"',
      'module "m" {\n  source = "../m"\n  name = "a"\n}\n',
      "gpu/m/main.tf:7:1  module.m calls the module that it is in",
    ],
  ])("%s", (_, body, inner, expected) => {
    expect(mistakesOf(() => read(`module "m" {\n  source = "./m"\n  ${body}\n}\n`, { "gpu/m/main.tf": NAME + VM + inner }))).toBe(expected);
  });

  test("no source", () => {
    expect(mistakesOf(() => read('module "m" {\n}\n'))).toBe("gpu/main.tf:1:1  module.m has no source, which is required");
    expect(mistakesOf(() => read('module "m" {\n  source = 1\n}\n'))).toBe("gpu/main.tf:2:3  source of module.m must be a string");
  });

  test("each once, however often the module is called", () => {
    const call = (name: string): string => `module "${name}" {\n  source = "./m"\n  count = 2\n}\n`;
    const others = { "gpu/m/main.tf": 'resource "vsphere_virtual_machine" "v" {\n  name = "v"\n  num_cpus = "many"\n}\n' };
    expect(mistakesOf(() => read(call("a"), others))).toBe(
      'gpu/m/main.tf:3:3  module.a.vsphere_virtual_machine.v: num_cpus must be a whole number from 1, found "many"',
    );
  });
});

test("a plan's VMs are where their modules write them, also where terraform init put them", () => {
  const vm = (module: string) => ({
    address: `${module}.vsphere_virtual_machine.v`,
    module_address: module,
    mode: "managed",
    type: "vsphere_virtual_machine",
    name: "v",
    change: { actions: ["create"], before: null, after: { name: "v" }, after_unknown: {} },
  });
  const call = (source: string) => ({ source, module: { resources: [{ address: "vsphere_virtual_machine.v", mode: "managed" }] } });
  const plan = {
    format_version: "1.2",
    resource_changes: [vm("module.a"), vm("module.b")],
    configuration: { root_module: { module_calls: { a: call("./vm"), b: call("acme/vm/vsphere") } } },
  };
  const entry = { Key: "b", Source: "registry.terraform.io/acme/vm/vsphere", Version: "1.0.0", Dir: ".terraform/modules/b" };
  const { vms } = readFiles(
    {
      "gpu/plan.json": plan,
      "gpu/vm/main.tf": NAME + VM,
      "gpu/.terraform/modules/modules.json": { Modules: [entry] },
      "gpu/.terraform/modules/b/main.tf": VM,
    },
    ["gpu/plan.json"],
  );
  expect(vms.map(({ source }) => [source.file, source.line])).toEqual([
    ["gpu/vm/main.tf", 4],
    ["gpu/.terraform/modules/b/main.tf", 1],
  ]);
});

test("cdktf's modules: in the folder of their stack", () => {
  const vm = { variable: { name: { type: "string" } }, resource: { vsphere_virtual_machine: { v: { name: "${var.name}" } } } };
  const app = vmStack({}, { module: { m: { source: "./assets/__cdktf_module_asset_1/ABC/vm", name: "a" } } });
  const files = { "cdktf.out/stacks/gpu/assets/__cdktf_module_asset_1/ABC/vm/main.tf.json": vm };
  expect(namesOf(readApp({ gpu: app }, {}, {}, files))).toEqual({
    "vsphere_virtual_machine.x": "x",
    "module.m.vsphere_virtual_machine.v": "a",
  });
});

test("a stack that reads another's outputs in a module comes after it", () => {
  const reader = {
    data: { terraform_remote_state: { "cross-stack-reference-input-b": {} } },
    ...vmStack({ name: "${data.terraform_remote_state.cross-stack-reference-input-b.outputs.o}" }),
  };
  const files = { "cdktf.out/stacks/a/m/main.tf.json": reader };
  const plan = readApp({ a: { module: { m: { source: "./m" } } }, b: { output: { o: { value: "shared" } } } }, {}, {}, files);
  expect(plan.vms).toMatchObject([{ address: "a/module.m.vsphere_virtual_machine.x", name: known("shared") }]);
  expect(plan.stacks).toMatchObject([{ name: "a", dependsOn: ["b"] }, { name: "b" }]);
});

describe("hostile modules end", () => {
  test("each of which calls the next one twice", () => {
    const level = (next: string): string => `module "a" {\n  source = "../${next}"\n}\nmodule "b" {\n  source = "../${next}"\n}\n`;
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`gpu/l${at}/main.tf`, level(`l${at + 1}`)]));
    const { notes } = read('module "a" {\n  source = "./l0"\n}\n', { ...files, "gpu/l40/main.tf": "" });
    expect(notes.length).toBeGreaterThan(0);
    expect(notes[0]!.message).toContain("more than 10000 calls of modules");
  });

  test("each of which makes many of the next one", () => {
    const level = (next: string): string => `module "a" {\n  count = 1000\n  source = "../${next}"\n}\n`;
    const files = {
      "gpu/l0/main.tf": level("l1"),
      "gpu/l1/main.tf": level("vm"),
      "gpu/vm/main.tf": 'resource "vsphere_virtual_machine" "v" {}\n',
    };
    expect(read('module "a" {\n  source = "./l0"\n}\n', files).vms).toMatchObject({ at: {} });
  });

  test("in folders without end", () => {
    const files = Object.fromEntries(
      Array.from({ length: 80 }, (_, at) => [`gpu/l${at}/main.tf`, `module "a" {\n  source = "../l${at + 1}"\n}\n`]),
    );
    expect(read('module "a" {\n  source = "./l0"\n}\n', files).notes).toMatchObject([
      { message: expect.stringContaining("deeper than 64") as string },
    ]);
  });
});

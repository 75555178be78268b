import { known, PlanVm } from "../../lib/model";
import { mistakesOf, readFiles } from "./read";

const BASE = `
variable "memory" {
  type    = number
  default = 4096
}
variable "cpus" {
  default = 2
}
locals {
  prefix = "train"
  suffix = "x"
}
provider "vsphere" {
  vsphere_server = "vc-1"
}
resource "vsphere_virtual_machine" "v" {
  name     = "\${local.prefix}-\${local.suffix}"
  memory   = var.memory
  num_cpus = var.cpus
  disk {
    label = "base-a"
  }
  disk {
    label = "base-b"
  }
  dynamic "network_interface" {
    for_each = ["n-1", "n-2"]
    content { network_id = network_interface.value }
  }
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [clone]
  }
}
output "o" {
  value = 1
}
`;

function read(overrides: Readonly<Record<string, unknown>>, base = BASE): readonly PlanVm[] {
  const files = { "main.tf": base, ...overrides };
  return readFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`f/${name}`, text])), ["f"]).vms;
}

const vm = (body: string): string => `resource "vsphere_virtual_machine" "v" {\n${body}\n}\n`;

// What Terraform 1.11 plans of the same files, with terraform_data in place of the VM.
test.each<[string, Record<string, unknown>, Partial<PlanVm>]>([
  ["an argument, and leaves the others", { "override.tf": vm("num_cpus = 8") }, { cpus: known(8), memoryMb: known(4096) }],
  ["an argument by null", { "override.tf": vm("num_cpus = null") }, { cpus: known(1) }],
  ["a local", { "override.tf": 'locals {\n  prefix = "infer"\n}\n' }, { name: known("infer-x") }],
  ["a default, which keeps its type", { "override.tf": 'variable "memory" {\n  default = "8192"\n}\n' }, { memoryMb: known(8192) }],
  [
    "in the order of names, the last one counting",
    { "b_override.tf": vm("num_cpus = 4"), "a_override.tf": vm("num_cpus = 8\nmemory = 8192") },
    { cpus: known(4), memoryMb: known(8192) },
  ],
  ["twice in one file", { "override.tf": vm("num_cpus = 4") + vm("num_cpus = 6") }, { cpus: known(6) }],
  ["in JSON", { "override.tf.json": { resource: { vsphere_virtual_machine: { v: { num_cpus: 8 } } } } }, { cpus: known(8) }],
  ["in OpenTofu's files", { "x_override.tofu": vm("num_cpus = 8") }, { cpus: known(8) }],
  [
    "what is ignored, and leaves the rest of the lifecycle",
    { "override.tf": vm("lifecycle {\n  ignore_changes = [memory, tags]\n}") },
    { ignoreChanges: ["memory", "tags"], createBeforeDestroy: true },
  ],
  [
    "nothing by an empty list of what is ignored",
    { "override.tf": vm("lifecycle {\n  create_before_destroy = false\n  ignore_changes = []\n}") },
    { ignoreChanges: ["clone"], createBeforeDestroy: false },
  ],
  [
    "a default provider that is not written",
    { "override.tf": 'provider "passthru" {\n}\nprovider "vsphere" {\n  user = "x"\n}\n' },
    { cpus: known(2) },
  ],
])("an override file changes %s", (_, overrides, expected) => expect(read(overrides)).toMatchObject([expected]));

test.each<[string, string, string, readonly string[]]>([
  ["count over nothing", "", "count = 2", ["[0]", "[1]"]],
  ["count over for_each", 'for_each = toset(["a"])', "count = 1", ["[0]"]],
  ["no for_each over count: Terraform looks at count first", "count = 1", 'for_each = toset(["a"])', ["[0]"]],
  ["for_each over nothing", "", 'for_each = toset(["a"])', ['["a"]']],
])("an override file gives a resource its instances: %s", (_, base, override, keys) => {
  const addresses = read({ "override.tf": vm(override) }, vm(`name = "v"\n${base}`)).map(({ address }) => address);
  expect(addresses).toEqual(keys.map((key) => `vsphere_virtual_machine.v${key}`));
});

describe("nested blocks are replaced by their type", () => {
  const requests = (base: string, override: string): unknown => {
    const template = (body: string): string => `resource "passthru_template" "t" {\n${body}\n}\n`;
    const using = vm('name = "v"\nclone {\n  template_uuid = passthru_template.t.uuid\n}');
    const [v] = read({ "override.tf": template(override) }, using + template(base));
    const { template: carried } = v!.carriers as unknown as {
      readonly template: { readonly value: readonly { readonly label: string }[] };
    };
    return carried.value.map(({ label }) => label);
  };
  const device = (label: string): string => `device {\n  allowed = ["10de:20f1"]\n  label = "${label}"\n}`;
  const dynamic = (...labels: readonly string[]): string =>
    `dynamic "device" {\n  for_each = ${JSON.stringify(labels)}\n  content {\n    allowed = ["10de:20f1"]\n    label = device.value\n  }\n}`;

  test.each<[string, string, string, readonly string[]]>([
    ["all of them", `${device("a")}\n${device("b")}`, device("c"), ["c"]],
    ["those that are made by a dynamic one", dynamic("a", "b"), device("c"), ["c"]],
    ["by a dynamic one", device("a"), dynamic("b", "c"), ["b", "c"]],
    ["a dynamic one by another", dynamic("a"), dynamic("b"), ["b"]],
    ["none by another argument", device("a"), 'name = "t"', ["a"]],
    [
      "none by a dynamic one of another type",
      `${device("a")}\n${dynamic("b")}`,
      'dynamic "tag" {\n  for_each = []\n  content {}\n}',
      ["a", "b"],
    ],
  ])("%s", (_, base, override, expected) => expect(requests(base, override)).toEqual(expected));
});

test("a value is where the file says it that counts, a resource where it is declared", () => {
  const override = { "override.tf": vm("num_cpus = -1") };
  expect(mistakesOf(() => read(override))).toContain("f/override.tf:2:1  vsphere_virtual_machine.v: num_cpus must be");
  expect(read({ "override.tf": vm("num_cpus = 1") })[0]!.source).toEqual({ file: "f/main.tf", line: 16, column: 1 });
});

// Terraform 1.11 refuses each of these, too.
test.each<[string, string, string]>([
  [
    "a resource that is not there",
    'resource "vsphere_virtual_machine" "w" {}\n',
    "override.tf:1:1  there is no vsphere_virtual_machine.w to override",
  ],
  ["a data source that is not there", 'data "vsphere_host" "h" {}\n', "there is no data.vsphere_host.h to override"],
  [
    "a local that is not there",
    "locals {\n  prefx = 1\n}\n",
    "override.tf:2:3  there is no local.prefx to override: it must be declared in a file whose name does not end in override; did you mean local.prefix?",
  ],
  ["a variable that is not there", 'variable "x" {}\n', "there is no var.x to override"],
  ["an output that is not there", 'output "p" {\n  value = 1\n}\n', "there is no output.p to override"],
  ["a module that is not there", 'module "m" {\n  source = "./m"\n}\n', "there is no module.m to override"],
  ["an aliased provider that is not there", 'provider "vsphere" {\n  alias = "b"\n}\n', "there is no provider.vsphere.b to override"],
  [
    "depends_on",
    vm("depends_on = [data.vsphere_host.h]"),
    "override.tf:2:1  vsphere_virtual_machine.v: an override file can't change depends_on",
  ],
  [
    "a condition",
    vm('lifecycle {\n  precondition {\n    condition = var.cpus > 1\n    error_message = "x"\n  }\n}'),
    "override.tf:2:1  vsphere_virtual_machine.v: an override file can't have precondition blocks",
  ],
  [
    "a validation",
    'variable "cpus" {\n  validation {\n    condition = var.cpus > 1\n    error_message = "x"\n  }\n}\n',
    "override.tf:2:3  variable.cpus: an override file can't have validation blocks",
  ],
  ["moved", "moved {\n  from = a.b\n  to = a.c\n}\n", 'override.tf:1:1  an override file can\'t have "moved" blocks'],
  ["import", 'import {\n  to = a.b\n  id = "x"\n}\n', 'an override file can\'t have "import" blocks'],
  ["check", 'check "c" {\n}\n', 'an override file can\'t have "check" blocks'],
  ["count and for_each together", vm("count = 1\nfor_each = {}"), "has both count and for_each"],
])("an override file can't have %s", (_, text, message) => {
  expect(mistakesOf(() => read({ "override.tf": text }))).toContain(message);
});

test("an override file that is given by itself is a configuration like any other", () => {
  expect(readFiles({ "override.tf": vm('name = "v"') }, ["override.tf"]).vms).toHaveLength(1);
});

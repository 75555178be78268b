import { mistakesOf, readFiles } from "./read";

const VM = 'resource "vsphere_virtual_machine" "v" {\n  name = "v"\n}\n';
const vm = (body: string, name = "v"): string => `resource "vsphere_virtual_machine" "${name}" {\n${body}\n}\n`;

/**
 * Broken configurations: what is said of them here, and beside it what Terraform 1.11.4 said of the same (with `terraform_data` and
 * `input` for the VM and its name), so that whoever reads both sees one mistake.
 */
test.each<[what: string, text: string, here: string, terraform: string]>([
  ["a brace that is not closed", `${VM}resource "t_a" "w" {\n`, 'main.tf:4:20  "{" is never closed', "Unclosed configuration block"],
  ["an unknown block", 'resorce "t_a" "w" {\n}\n', '1:1  unknown block "resorce"; did you mean "resource"?', "Unsupported block type"],
  [
    "a resource without a name",
    'resource "t_a" {\n}\n',
    '1:1  expected resource "TYPE" "NAME", found "resource t_a"',
    "Missing name for resource",
  ],
  ["a label too many", 'locals "x" {\n}\n', '1:1  expected locals, found "locals x"', "Extraneous label for locals"],
  [
    "a resource twice",
    VM + VM,
    "4:1  vsphere_virtual_machine.v is declared twice, first in line 1",
    'Duplicate resource "terraform_data" configuration',
  ],
  [
    "a variable twice",
    'variable "a" {}\nvariable "a" {}\n',
    "2:1  var.a is declared twice, first in line 1",
    "Duplicate variable declaration",
  ],
  [
    "a local twice",
    "locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\n",
    "5:3  local.a is declared twice, first in line 2",
    "Duplicate local value definition",
  ],
  [
    "a provider twice",
    'provider "x" {}\nprovider "x" {}\n',
    "2:1  provider.x is declared twice, first in line 1",
    "Duplicate provider configuration",
  ],
  ["an argument twice", vm('name = "a"\nname = "b"'), '3:1  attribute "name" is given twice', "Attribute redefined"],
  ["no equals sign", vm("name 1"), '2:6  found "1", expected "=" or "{" after "name"', "Argument or block definition required"],
  [
    "single quotes",
    vm("name = 'x'"),
    "2:8  this value can't be read as HCL: a string is written in double quotes",
    "Invalid character: Single quotes are not valid",
  ],
  ["a string without its end", vm('name = "x'), "2:8  a string is not closed on its line", "Invalid multi-line string"],
  [
    "a heredoc without its end",
    vm("name = <<EOT\nabc"),
    "2:8  a heredoc is never closed: no line says EOT",
    "Unterminated template string",
  ],
  ["an expression that breaks off", vm("name = 1 +"), '2:8  this value can\'t be read as HCL, found "1 +"', "Invalid expression"],
  [
    "a quoted block, as in 0.11",
    '"resource" "t_a" "v" {\n}\n',
    "1:1  found a string, expected an attribute or a block: since Terraform 0.12 its name is written without quotes, resource",
    "Invalid argument name: Argument names must not be quoted",
  ],
  [
    "a quoted argument, as in 0.11",
    vm('"name" = 1'),
    "2:1  found a string, expected an attribute or a block: since Terraform 0.12 its name is written without quotes, name",
    "Invalid argument name: Argument names must not be quoted",
  ],
  [
    "a quoted key in a map as a block, as in 0.11",
    vm('tags {\n  "a" = 1\n}'),
    "3:3  found a string, expected an attribute or a block: since Terraform 0.12 its name is written without quotes, a; a map is written with an equals sign, tags = {",
    "Invalid argument name: Argument names must not be quoted",
  ],
  [
    "a quoted key that is no name, as in 0.11",
    vm('extra_config {\n  "pciPassthru.use64bitMMIO" = "TRUE"\n}'),
    "3:3  found a string, expected an attribute or a block: a map is written with an equals sign, extra_config = {",
    "Invalid argument name: Argument names must not be quoted",
  ],
  [
    "a map as a block, as in 0.11",
    'variable "a" {\n  default {\n    x = 1\n  }\n}\n',
    '2:3  variable has no block "default": a value is written with an equals sign, default = {',
    'Unsupported block type: Did you mean to define argument "default"?',
  ],
  ["a map as a block in locals", "locals {\n  tags {\n    x = 1\n  }\n}\n", '2:3  locals has no block "tags"', 'Unexpected "tags" block'],
  [
    "an undeclared variable",
    `variable "memory" {}\n${vm("name = var.memry")}`,
    "3:1  var.memry is not declared; did you mean var.memory?",
    "Reference to undeclared input variable",
  ],
  ["an undeclared local", vm('name = "a-${local.b}"'), "2:1  local.b is not declared", "Reference to undeclared local value"],
  ["an undeclared resource", vm("name = upper(t_a.x.id)"), "2:1  t_a.x is not declared", "Reference to undeclared resource"],
  [
    "an undeclared data source in a nested block",
    vm("disk {\n  label = data.t_a.x.id\n}"),
    "3:3  data.t_a.x is not declared",
    "Reference to undeclared resource",
  ],
  ["an undeclared module", "locals {\n  a = module.x.id\n}\n", "2:3  module.x is not declared", "Reference to undeclared module"],
  ["depends_on what is not there", vm("depends_on = [t_a.x]"), "2:1  t_a.x is not declared", "Reference to undeclared resource"],
  [
    "each without for_each",
    vm("name = each.key"),
    "2:1  each.key is known only where there is for_each",
    "each.value cannot be used in this context",
  ],
  [
    "count without count",
    vm("name = count.index"),
    "2:1  count.index is known only where there is count",
    'Reference to "count" in non-counted context',
  ],
  [
    "count and for_each",
    vm("count = 1\nfor_each = {}"),
    "3:1  vsphere_virtual_machine.v has both count and for_each",
    'Invalid combination of "count" and "for_each"',
  ],
  [
    "a negative count",
    vm("count = -1"),
    "2:1  count of vsphere_virtual_machine.v must be a whole number from 0, found -1",
    "Invalid count argument",
  ],
  [
    "a count that is a text",
    vm('count = "two"'),
    "2:1  count of vsphere_virtual_machine.v must be a whole number from 0, found a string",
    "Incorrect value type",
  ],
  ["an output without a value", 'output "x" {\n}\n', "1:1  output.x has no value, which is required", "Missing required argument"],
  ["a module without a source", 'module "x" {\n}\n', "1:1  module.x has no source, which is required", "Missing required argument"],
  ["a name that is none", 'variable "1a" {\n}\n', '1:1  "1a" is no name', "Invalid variable name"],
  ["a reserved name", 'variable "count" {\n}\n', '1:1  a variable can\'t be called "count"', "Invalid variable name"],
  [
    "a slip in a variable",
    'variable "a" {\n  typ = number\n}\n',
    '2:3  variable "a": unknown argument "typ"; did you mean "type"?',
    "Unsupported argument",
  ],
  [
    "a slip in a lifecycle",
    vm("lifecycle {\n  prevent_destoy = true\n}"),
    '2:1  vsphere_virtual_machine.v: lifecycle: unknown argument "prevent_destoy"; did you mean "prevent_destroy"?',
    "Unsupported argument",
  ],
  [
    "two lifecycles",
    vm("lifecycle {\n}\nlifecycle {\n}"),
    "2:1  vsphere_virtual_machine.v has 2 lifecycle blocks, expected one",
    "Duplicate lifecycle block",
  ],
  [
    "a circle",
    vm("name = vsphere_virtual_machine.w.id") + vm("name = vsphere_virtual_machine.v.id", "w"),
    "these depend on each other: vsphere_virtual_machine.v, vsphere_virtual_machine.w",
    "Cycle: terraform_data.a, terraform_data.b",
  ],
])("%s", (_, text, here) => expect(mistakesOf(() => readFiles({ "f/main.tf": text }, ["f"]))).toContain(here));

// What Terraform takes, and what looks like one of these.
test.each<[string, string]>([
  ["names that a loop gives", "locals {\n  a = [for vm_x in [] : vm_x.name]\n  b = { for t_k, t_v in {} : t_k.a => t_v.b if t_v.c }\n}\n"],
  [
    "what a dynamic block goes through",
    vm(
      'dynamic "network_interface" {\n  for_each = []\n  content {\n    network_id = network_interface.value\n  }\n}\ndynamic "disk" {\n  for_each = []\n  iterator = a_disk\n  content {\n    label = a_disk.value.name\n    dynamic "in_ner" {\n      for_each = a_disk.value\n      content {\n        x = in_ner.key\n      }\n    }\n  }\n}',
    ),
  ],
  [
    "each in a dynamic block of a resource with for_each",
    vm('for_each = {}\ndynamic "disk" {\n  for_each = each.value\n  content {\n    label = each.key\n  }\n}'),
  ],
  ["names in plain text", vm('name = "see var.x, data.t_a.y and t_a.b"\nannotation = "$${var.x} %%{ if var.x }"')],
  ["names in a comment and in a quoted text of an expression", vm('name = upper("var.x")\nannotation = "${upper("local.y")}" # var.z')],
  ["attributes that are called so", 'variable "v" {}\n' + vm("name = var.v.local.x\nannotation = var.v.var.y")],
  [
    "providers, and what is ignored",
    'module "m" {\n  source = "./m"\n  providers = {\n    some_x = some_x.y\n  }\n}\n' +
      vm("provider = some_x.y\nlifecycle {\n  ignore_changes = [some_x.y, tags]\n}"),
  ],
  [
    "data sources in checks",
    'check "c" {\n  data "t_a" "x" {\n  }\n  assert {\n    condition = data.t_a.x.id != ""\n    error_message = "none"\n  }\n}\n' +
      vm("annotation = data.t_a.x.id"),
  ],
  [
    "what was moved, removed or is imported",
    'moved {\n  from = t_a.x\n  to = t_a.y\n}\nremoved {\n  from = t_a.z\n  lifecycle {\n    destroy = false\n  }\n}\nimport {\n  to = vsphere_virtual_machine.v\n  id = "x"\n}\n' +
      VM,
  ],
  [
    "self, path and terraform",
    vm('annotation = "${path.module}${terraform.workspace}"\nprovisioner "local-exec" {\n  command = "echo ${self.name}"\n}'),
  ],
  [
    "quoted references of 0.11 that are still taken",
    vm("", "w") + vm('depends_on = ["vsphere_virtual_machine.w"]\nlifecycle {\n  ignore_changes = ["name"]\n}'),
  ],
  ["ephemeral resources", 'ephemeral "t_a" "x" {\n}\nprovider "vsphere" {\n  password = ephemeral.t_a.x.value\n}\n'],
])("is no mistake: %s", (_, text) => expect(() => readFiles({ "f/main.tf": text }, ["f"])).not.toThrow());

test("of one file by itself nothing is said that another file may declare", () => {
  expect(readFiles({ "f/main.tf": vm("name = var.x\nannotation = local.y") }, ["f/main.tf"]).vms).toHaveLength(1);
});

test("JSON is held to the same", () => {
  const stack = { resource: { t_a: { x: { depends_on: ["t_a.y"], "//": "${var.z}", list: [1, { name: "${var.n}" }] } } } };
  const mistakes = mistakesOf(() => readFiles({ "f/a.tf.json": JSON.stringify(stack, null, 1) }, ["f"]));
  expect(mistakes.split("\n")).toEqual([
    expect.stringMatching(/^f\/a\.tf\.json:5:\d+ {2}t_a\.y is not declared/),
    expect.stringMatching(/^f\/a\.tf\.json:12:\d+ {2}var\.n is not declared$/),
  ]);
});

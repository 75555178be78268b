import { mistakesOf, readFiles } from "./read";

const stack = (condition: string, rest = ""): string => `
variable "cpus" {
  default = 2
}
variable "open" {}
data "vsphere_host" "h" {
  name = "h"
}
resource "vsphere_virtual_machine" "v" {
  name = "v"
  ${rest}
  lifecycle {
    precondition {
      condition     = ${condition}
      error_message = "cpus: \${var.cpus}"
    }
  }
}
`;
const read = (text: string): unknown => readFiles({ "f/main.tf": text }, ["f"]);

// Terraform: "Resource precondition failed".
test.each<[string, string, string]>([
  [
    "of a resource",
    stack("var.cpus > 2"),
    "f/main.tf:13:5  a precondition of vsphere_virtual_machine.v is false, so Terraform makes no plan: cpus: 2",
  ],
  ["of an instance", stack("count.index < 2", "count = 3"), "a precondition of vsphere_virtual_machine.v[2] is false"],
  [
    "of an output",
    'variable "a" {\n  default = 1\n}\noutput "x" {\n  value = 1\n  precondition {\n    condition = var.a > 1\n    error_message = "no"\n  }\n}\n',
    "f/main.tf:6:3  a precondition of output.x is false, so Terraform makes no plan: no",
  ],
])("a precondition that is certainly false is a mistake: %s", (_, text, message) => {
  expect(mistakesOf(() => read(text))).toContain(message);
});

test.each<[string, string]>([
  ["true", stack("var.cpus == 2")],
  ["about what a data source finds", stack('data.vsphere_host.h.id == "x"')],
  ["about a variable without a value", stack("var.open > 2")],
  ["about no instance", stack("var.cpus > 2", "count = 0")],
  ["about instances whose number is not known", stack("var.cpus > 2", "count = var.open")],
  ["a check", 'check "c" {\n  assert {\n    condition = 1 > 2\n    error_message = "x"\n  }\n}\n' + stack("true")],
])("one that is %s is none", (_, text) => expect(() => read(text)).not.toThrow());

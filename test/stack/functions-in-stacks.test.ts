import { readFiles } from "./read";

const vm = (arguments_: string): string => `resource "vsphere_virtual_machine" "x" {\n${arguments_}\n}\n`;

function read(main: string, files: Readonly<Record<string, string>> = {}, options: Parameters<typeof readFiles>[2] = {}): unknown[] {
  const beside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`live/${path}`, text]));
  return readFiles({ "live/main.tf": main, ...beside }, ["live"], options).vms.map(({ name, memoryMb }) => [
    name.known ? name.value : "?",
    memoryMb.known ? memoryMb.value : "?",
  ]);
}

test("a file of comma-separated values makes a VM of each line", () => {
  const main = `locals {\n  vms = csvdecode(file("\${path.module}/vms.csv"))\n}\n${vm(
    "for_each = { for each in local.vms : each.name => each }\nname = each.key\nmemory = each.value.memory",
  )}`;
  expect(read(main, { "vms.csv": "name,memory\nb,2048\na,1024\n" })).toEqual([
    ["a", 1024],
    ["b", 2048],
  ]);
});

test("a VM of which a YAML file says nothing but its name", () => {
  const main = vm(
    'for_each = yamldecode(file("vms.yaml"))\nname = each.value == null ? each.key : each.value.name\nmemory = try(each.value.memory, 1024)',
  );
  expect(read(main, { "vms.yaml": "a:\nb: { name: c, memory: 2048 }\n" })).toEqual([
    ["a", 1024],
    ["c", 2048],
  ]);
});

test("a JSON file and a template", () => {
  const main = vm(
    'for_each = jsondecode(file("vms.json"))\nname = templatefile("name.tpl", { name = each.key })\nmemory = yamldecode("mb: ${each.value}").mb',
  );
  expect(read(main, { "vms.json": '{"a": 1024}', "name.tpl": '%{ if name != "" }vm-${name}%{ endif }' })).toEqual([["vm-a", 1024]]);
});

test("the workspace and the time that are said", () => {
  const main = vm('name = "${terraform.workspace}-${formatdate("YYYY", timestamp())}"\nmemory = regex("[0-9]+", "m4096")');
  expect(read(main, {}, { workspace: "prod", asOf: "2026-11-30T08:00:00Z" })).toEqual([["prod-2026", 4096]]);
  expect(read(main, { ".terraform/environment": "stage" })).toEqual([["?", 4096]]);
});

test("the workspace that is selected in the folder", () => {
  expect(read(vm("name = terraform.workspace\nmemory = 1"), { ".terraform/environment": "stage" })).toEqual([["stage", 1]]);
});

test("a provisioner that names its own VM, and a function of a provider, stop nothing", () => {
  const main = vm(
    'name = "n"\nmemory = 1\nprovisioner "remote-exec" {\n  connection {\n    host = self.default_ip_address\n  }\n  inline = [vsphere_virtual_machine.x.name, provider::time::rfc3339_parse("a")]\n}',
  );
  expect(read(main)).toEqual([["n", 1]]);
});

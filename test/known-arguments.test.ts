import { readHclAsJson } from "../lib/stack/readers/hcl-as-json";
import { blocksOf, documents } from "./docs/documents";
import { asStack } from "./e2e/gate/as-stack";
import { drawCase } from "./e2e/gate/draw-case";
import { wrongNames } from "./known-arguments";

const vm = { name: "a", disk: [{ label: "disk0", size: 1 }], extra_config: { "any.key": "1" } };

test.each<[what: string, resource: object, wrong: string[]]>([
  ["a type without a resource", { vsphere_ha_vm_override: {} }, ["vsphere_ha_vm_override has no resource"]],
  ["a type that is not there", { vsphere_gpu: { a: {} } }, ["vsphere_gpu is no resource type"]],
  ["an argument that is not there", { vsphere_virtual_machine: { a: { ...vm, gpu: 1 } } }, ["vsphere_virtual_machine.a: no argument gpu"]],
  [
    "an argument of a block that is not there",
    { vsphere_virtual_machine: { a: { ...vm, disk: [{ gpu: 1 }] } } },
    ["vsphere_virtual_machine.a: no argument disk.gpu"],
  ],
  [
    "what is right",
    { vsphere_virtual_machine: { a: { ...vm, lifecycle: {}, depends_on: [] } }, passthru_host_device: { d: { pci_id: "" } } },
    [],
  ],
  ["a list of blocks", [{ vsphere_gpu: { a: [{}] } }], ["vsphere_gpu is no resource type"]],
  ["another provider's", { null_resource: {} }, []],
])("of a configuration is found wrong: %s", (_, resource, wrong) => {
  expect(wrongNames({ resource })).toEqual(wrong);
});

test("the stacks that are applied to the simulated vCenter have names of the providers' schemas only", () => {
  const wrong = Array.from({ length: 200 }, (_, seed) => wrongNames(asStack(drawCase(seed))));
  expect(wrong.flat()).toEqual([]);
});

const documented = documents()
  .flatMap(blocksOf)
  .filter(({ language, text }) => language === "terraform" && /^resource /m.test(text));

test.each(documented.map((block) => [`${block.path}:${block.line}`, block.text]))(
  "%s has names of the schemas only, and clones with their guest",
  (_, hcl) => {
    const { resource } = readHclAsJson("main.tf", hcl).value as { readonly resource: readonly Readonly<Record<string, object>>[] };
    expect(wrongNames({ resource })).toEqual([]);
    const vms = resource.flatMap(({ vsphere_virtual_machine: vm }) => (vm === undefined ? [] : [JSON.stringify(vm)]));
    expect(vms.filter((vm) => vm.includes('"clone"') && !vm.includes('"guest_id"'))).toEqual([]);
  },
);

test("the documents show configurations", () => {
  expect(documented.length).toBeGreaterThan(0);
});

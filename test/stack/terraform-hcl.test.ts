import { known, Plan, unknown } from "../../lib/model";
import { readPlan, StackOptions } from "../../lib/stack";
import { diskFiles } from "./disk-files";
import { REAL_PLAN } from "./plans";
import { readFiles } from "./read";

function readHcl(text: string, others: Readonly<Record<string, unknown>> = {}, options: Partial<StackOptions> = {}): Plan {
  return readFiles({ "gpu/main.tf": text, ...others }, ["gpu"], options);
}

const STACK = `
variable "memory" {
  type    = number
  default = 65536
}
variable "names" {
  type = set(string)
}
locals {
  prefix = "train"
  size   = { a = 4, b = 8 }
}
data "vsphere_compute_cluster" "c" { name = "gpu-prod" }
resource "passthru_template" "t" {
  name = "t"
  device {
    allowed = ["10de:20f1"]
    label   = "Training"
  }
  dynamic "device" {
    for_each = toset(["10de:2331"])
    content { allowed = [device.value] }
  }
}
resource "vsphere_virtual_machine" "v" {
  for_each         = local.size
  name             = "\${local.prefix}-\${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
  num_cpus         = each.value
  memory           = var.memory
  memory_reservation = var.memory # all of it
  extra_config = {
    "pciPassthru.use64bitMMIO" = "TRUE"
    literal                    = "$\${x}"
    script                     = <<-EOT
      echo "\${local.prefix}"
    EOT
  }
  clone {
    template_uuid = passthru_template.t.uuid
  }
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [clone, extra_config["a"]]
  }
}
resource "vsphere_virtual_machine" "w" {
  for_each   = var.names
  name       = each.key
  depends_on = [vsphere_virtual_machine.v]
}
`;

describe("a folder of *.tf", () => {
  const plan = readHcl(STACK, { "gpu/terraform.tfvars": 'names = ["x"]\n' });

  test("is a stack that is named after it", () => expect(plan.stacks).toEqual([{ name: "gpu", file: "gpu/main.tf", dependsOn: [] }]));

  test("has its VMs, with what variables, locals and references come to", () => {
    expect(plan.vms[1]).toEqual({
      address: 'vsphere_virtual_machine.v["b"]',
      label: "train-b",
      name: known("train-b"),
      stack: "gpu",
      action: "from-stack",
      cluster: known({ by: "name", name: "gpu-prod" }),
      cpus: known(8),
      memoryMb: known(65536),
      memoryReservationMb: known(65536),
      memoryLockedToMax: known(false),
      cpuReservationMhz: known(0),
      latencySensitivity: known("normal"),
      firmware: known("bios"),
      madeFrom: known("template"),
      datastores: [],
      networks: [],
      extraConfig: known({ "pciPassthru.use64bitMMIO": "TRUE", literal: "${x}", script: 'echo "train"\n' }),
      carriers: {
        template: known([
          { kind: "dynamic", allowed: [{ vendor: 0x10de, device: 0x20f1 }], label: "Training" },
          { kind: "dynamic", allowed: [{ vendor: 0x10de, device: 0x2331 }] },
        ]),
        gpuIntent: true,
        stackTemplate: { address: "passthru_template.t", source: { file: "gpu/main.tf", line: 14, column: 1 } },
      },
      createBeforeDestroy: true,
      ignoreChanges: ["clone", "extra_config"],
      dependsOn: [],
      source: { file: "gpu/main.tf", line: 25, column: 1 },
    });
  });

  test("has their dependencies", () => {
    expect(plan.vms[2]).toMatchObject({
      address: 'vsphere_virtual_machine.w["x"]',
      dependsOn: ['vsphere_virtual_machine.v["a"]', 'vsphere_virtual_machine.v["b"]'],
    });
  });

  test("is one stack in several files and both syntaxes", () => {
    const more = {
      "gpu/b.tf": "locals {\n  n = 3\n}\n",
      "gpu/c.tf.json": { resource: { vsphere_virtual_machine: { c: { name: "c", num_cpus: "${local.n}" } } } },
    };
    expect(readHcl('resource "vsphere_virtual_machine" "a" {\n  name = "a"\n  num_cpus = local.n\n}\n', more).vms).toMatchObject([
      { label: "c", cpus: known(3) },
      { label: "a", cpus: known(3) },
    ]);
  });

  test("leaves what it does not determine unknown", () => {
    const [vm] = readHcl('resource "vsphere_virtual_machine" "a" {\n  name = var.n\n  memory = file("x")\n}\nvariable "n" {}\n').vms;
    expect(vm).toMatchObject({ name: unknown("${var.n} (no value and no default)"), memoryMb: { known: false } });
  });

  test("says that its modules are not read", () => {
    expect(readHcl('module "m" {\n  source = "./m"\n}\n').notes).toMatchObject([
      { rule: "module-not-read", resource: "module.m", source: { file: "gpu/main.tf", line: 1 } },
    ]);
  });

  test("is found as a file, and on standard input", () => {
    const text = 'resource "vsphere_virtual_machine" "a" {\n  name = "a"\n}\n';
    expect(readFiles({ "x/a.tf": text, "x/terraform.tfvars": "" }, ["x/a.tf"]).stacks).toEqual([
      { name: "a", file: "x/a.tf", dependsOn: [] },
    ]);
    expect(readFiles({ "-": text }, ["-"]).vms).toMatchObject([{ label: "a", source: { file: "-", line: 1 } }]);
  });
});

describe("values of variables, the first that is there", () => {
  const VM = 'variable "n" {\n  default = "default"\n}\nresource "vsphere_virtual_machine" "a" {\n  name = var.n\n}\n';
  const own = { "gpu/terraform.tfvars": 'n = "own"' };
  const ownJson = { ...own, "gpu/terraform.tfvars.json": { n: "own json" } };
  const auto = { ...ownJson, "gpu/a.auto.tfvars": 'n = "auto a"', "gpu/b.auto.tfvars.json": { n: "auto b" } };
  test.each<[string, Record<string, unknown>, Partial<StackOptions>, string]>([
    ["--var", { ...auto, "v.tfvars": 'n = "file"' }, { variables: { n: "var" }, variableFiles: ["v.tfvars"] }, "var"],
    ["--var-file", { ...auto, "v.tfvars": 'n = "file"' }, { variableFiles: ["v.tfvars"] }, "file"],
    ["the last *.auto.tfvars", auto, { environment: { n: "env" } }, "auto b"],
    ["terraform.tfvars.json", ownJson, { environment: { n: "env" } }, "own json"],
    ["terraform.tfvars", own, { environment: { n: "env" } }, "own"],
    ["the environment", {}, { environment: { n: "env" } }, "env"],
    ["the default", {}, {}, "default"],
  ])("%s", (_, files, options, name) => expect(readHcl(VM, files, options).vms[0]!.name).toEqual(known(name)));
});

test("a configuration in HCL and its own plan say the same of what both know", () => {
  const options: StackOptions = { variables: {}, variableFiles: [], stacks: [] };
  const [stack, plan] = ["test/data/plans/real/main.tf", REAL_PLAN].map((path) => readPlan(diskFiles, [path], options));
  // What a template's guest is only the plan has looked up.
  const withoutOrigin = ({ source: _, guestId, action, ...vm }: Plan["vms"][number]) => ({
    ...vm,
    hasGuest: guestId !== undefined,
    isCreated: action !== "none",
  });
  const byAddress = (vms: Plan["vms"]) => Object.fromEntries(vms.map((vm) => [vm.address, withoutOrigin(vm)]));
  expect(byAddress(stack!.vms)).toEqual(byAddress(plan!.vms));
});

test("what `cdktf synth --hcl` writes is read with its metadata", () => {
  const folder = "test/data/stacks/hcl.out";
  const plan = readPlan(diskFiles, [folder], { variables: { n: "3" }, variableFiles: [], stacks: [] });
  expect(plan.stacks).toMatchObject([{ name: "platform" }, { name: "training", dependsOn: ["platform"] }]);
  expect(plan.vms.map(({ address }) => address)).toEqual([
    ...[0, 1, 2].map((index) => `training/vsphere_virtual_machine.w[${index}]`),
    "training/vsphere_virtual_machine.x",
  ]);
  const request = { kind: "dynamic", allowed: [{ vendor: 0x10de, device: 0x20f1 }], label: "Training" };
  expect(plan.vms[1]).toMatchObject({
    name: known("w-1"),
    cluster: known({ by: "name", name: "gpu-prod" }),
    extraConfig: known({ "pciPassthru.use64bitMMIO": "TRUE", x: "a${b}" }),
    carriers: { templateUuid: known("42-t"), metadata: known([request]), gpuIntent: true },
    createBeforeDestroy: true,
    ignoreChanges: ["clone"],
    constructPath: "training/w",
    source: { file: "stacks/t.ts", line: 4 },
  });
  expect(plan.vms[3]).toMatchObject({ dependsOn: [0, 1, 2].map((index) => `training/vsphere_virtual_machine.w[${index}]`) });
  expect(plan.vms[3]!.source).toEqual({ file: `${folder}/stacks/training/cdk.tf`, line: 50, column: 1 });
});

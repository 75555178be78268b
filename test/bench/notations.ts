import { mkdtempSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { alternately } from "./measure";
import { lastLine, READ, run, COMMAND } from "./command";
import { Row } from "./row";

const INVENTORY = `cluster "gpu" {
  host "esx-[01-96].lab" {
    esxi      = "8.0.2"
    cpu_mhz   = 200000
    memory_mb = 4194304
    devices "10de:20f1" {
      count = 16
    }
  }
  template "gpu" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}
`;

const LOOK_UPS = `data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}
data "vsphere_virtual_machine" "template" {
  name = "gpu"
}
`;
const ARGUMENTS = `resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  num_cpus           = 8
  memory             = 16384
  memory_reservation = 16384
  firmware           = "efi"
  guest_id           = data.vsphere_virtual_machine.template.guest_id
  extra_config = {
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "128"
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.template.id
  }`;
const ROOM = 'variable "room" {\n  type = string\n}\n';

/** A thousand VMs: ten rooms of ten racks of ten VMs, each in a module, and the same by one count. */
const NESTED: Readonly<Record<string, string>> = {
  "main.tf": 'module "room" {\n  source = "./room"\n  count  = 10\n  room   = "room-${count.index}"\n}\n',
  "room/main.tf": `${ROOM}module "rack" {\n  source   = "../rack"\n  for_each = { for rack in range(10) : "rack-\${rack}" => rack }\n  room     = "\${var.room}-\${each.key}"\n}\n`,
  "rack/main.tf": `${ROOM}${LOOK_UPS}resource "vsphere_virtual_machine" "vm" {\n  count = 10\n  name = "\${var.room}-\${count.index}"\n  ${ARGUMENTS}\n}\n`,
};
const FLAT: Readonly<Record<string, string>> = {
  "main.tf": `${LOOK_UPS}resource "vsphere_virtual_machine" "vm" {\n  count = 1000\n  name = "vm-\${count.index}"\n  ${ARGUMENTS}\n}\n`,
};

/** What notations cost: modules beside the same VMs without, and a plan beside reading its JSON. */
export function notations(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), "passthru-bench-"));
  const write = (files: Readonly<Record<string, string>>, under: string): string => {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, under, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return join(folder, under);
  };
  try {
    const inventory = join(write({ "inventory.hcl": INVENTORY }, "."), "inventory.hcl");
    const [nested, flat] = [write(NESTED, "nested"), write(FLAT, "flat")];
    const plan = join(write({ "plan.json": JSON.stringify(planOf(10_000)) }, "plan"), "plan.json");
    const check = (path: string): string => lastLine(run([COMMAND, "check", path, "-i", inventory, "--soft-fail"]));
    return [
      row(
        "1,000 VMs in nested modules",
        "the same in one resource",
        () => check(nested),
        () => check(flat),
      ),
      row(
        `10,000 VMs in a plan, ${Math.ceil(statSync(plan).size / 1024)} KiB`,
        "node -e, reading the files",
        () => check(plan),
        () => run(["-e", READ, plan]),
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function row(what: string, peer: string, mine: () => string, other: () => string): Row {
  let [verdict, theirVerdict] = ["", ""];
  const [ours, theirs] = alternately(
    () => (verdict = mine()),
    () => (theirVerdict = other()),
    6000,
  );
  const answers = {
    ours: verdict,
    theirs: theirVerdict === "" ? "not compared" : theirVerdict,
    settled: true,
    differ: theirVerdict !== "" && verdict !== theirVerdict,
  };
  return { kind: "measured", part: "f", what: `passthru check: ${what}`, ours, peer, theirs, extrapolated: 1, answers };
}

/** As `terraform show -json` has it, of what matters. */
function planOf(vms: number): object {
  const expressions = {
    resource_pool_id: { references: ["data.vsphere_compute_cluster.gpu.resource_pool_id", "data.vsphere_compute_cluster.gpu"] },
  };
  const look = (type: string, name: string, values: object): object => ({
    address: `data.${type}.${name}`,
    mode: "data",
    type,
    name,
    values,
  });
  const after = (at: number): object => ({
    name: `vm-${at}`,
    num_cpus: 8,
    memory: 16384,
    memory_reservation: 16384,
    resource_pool_id: "resgroup-8",
  });
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: Array.from({ length: vms }, (_, index) => ({
      address: `vsphere_virtual_machine.vm[${index}]`,
      mode: "managed",
      type: "vsphere_virtual_machine",
      name: "vm",
      index,
      provider_name: "registry.terraform.io/vmware/vsphere",
      change: {
        actions: ["create"],
        before: null,
        after: after(index),
        after_unknown: { id: true },
        before_sensitive: false,
        after_sensitive: {},
      },
    })),
    prior_state: {
      format_version: "1.0",
      values: {
        root_module: {
          resources: [look("vsphere_compute_cluster", "gpu", { name: "gpu", id: "domain-c8", resource_pool_id: "resgroup-8" })],
        },
      },
    },
    configuration: {
      root_module: {
        resources: [{ address: "vsphere_virtual_machine.vm", mode: "managed", type: "vsphere_virtual_machine", name: "vm", expressions }],
      },
    },
  };
}

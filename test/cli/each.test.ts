import { run } from "../../lib/cli/run";
import { Report } from "../../lib/model";
import { memoryIo, MemoryIo } from "./memory-io";

const INVENTORY = `
cluster "gpu-prod" {
  drs {}
  ha {}
  host "esx-[1-2].lab" {
    esxi      = "8.0.2"
    cpu_mhz   = 166400
    memory_mb = 1048576
  }
}
`;

const vms = (count: string | number): string => `
data "vsphere_compute_cluster" "c" {
  name = "gpu-prod"
}
resource "vsphere_virtual_machine" "v" {
  count            = ${count}
  name             = "v-\${count.index}"
  memory           = 600000
  memory_reservation = 600000
  num_cpus         = 2
  guest_id         = "other"
  resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
}
`;

function environments(rest: Readonly<Record<string, string>> = {}): MemoryIo {
  return memoryIo({
    "inventory.hcl": INVENTORY,
    "envs/dev/main.tf": vms(1),
    "envs/prod/main.tf": vms(9),
    "envs/prod/inventory.hcl": INVENTORY,
    "envs/test/main.tf": vms(-1),
    ...rest,
  });
}

const paths = (...names: readonly string[]): string[] => names.map((name) => `envs/${name}`);

test("each path is judged for itself, and a summary says what came of each", async () => {
  const io = environments();
  expect(await run(["check", "--each", ...paths("dev", "prod", "test"), "-i", "inventory.hcl"], io)).toBe(2);
  expect(io.printed.out.split("\n").filter((line) => /^(?:──|[✓✗?]|envs|\d of)/.test(line))).toEqual([
    "── envs/dev",
    expect.stringMatching(/^✓ fits {3}1 stack, 1 VM/),
    "── envs/prod",
    expect.stringMatching(/^✗ does not fit {3}1 stack, 9 VMs/),
    "── envs/test",
    "envs/dev    ✓ fits",
    "envs/prod   ✗ does not fit",
    "envs/test   ✗ not judged: 1 mistake",
    "1 of 3 paths passed",
  ]);
  expect(io.printed.err).toMatch(/^envs\/test\/main\.tf:6:3 {2}count of vsphere_virtual_machine\.v must be a whole number/);
});

test.each<[readonly string[], number]>([
  [["dev"], 0],
  [["dev", "prod"], 1],
  [["prod", "dev"], 1],
  [["test", "prod"], 2],
])("of %j the exit status is the worst", async (names, status) => {
  expect(await run(["check", "--each", ...paths(...names), "-i", "inventory.hcl"], environments())).toBe(status);
});

test("with --soft-fail, what does not fit passes, and what can't be judged does not", async () => {
  const args = ["check", "--each", "--soft-fail", "-i", "inventory.hcl"];
  expect(await run([...args, ...paths("dev", "prod")], environments())).toBe(0);
  expect(await run([...args, ...paths("dev", "test")], environments())).toBe(2);
});

test("each path has its own inventory where none is named", async () => {
  const io = environments({ "envs/inventory.hcl": INVENTORY });
  await run(["check", "--each", ...paths("dev", "prod")], io);
  expect(io.printed.out).toMatch(/1 VM, 0 devices {3}envs\/inventory\.hcl$/m);
  expect(io.printed.out).toMatch(/9 VMs, 0 devices {3}envs\/prod\/inventory\.hcl$/m);
});

test("each path gets files of its own, whose names are different", async () => {
  const io = environments({ "envs-dev/main.tf": vms(2) });
  const args = ["check", "--each", "envs/dev", "./envs-dev", "-i", "inventory.hcl", "--format", "json=out/{}.json", "--format", "table={}"];
  expect(await run(args, io)).toBe(1);
  expect([...io.written.keys()]).toEqual(["out/envs-dev.json", "envs-dev", "out/envs-dev-2.json", "envs-dev-2"]);
  expect((JSON.parse(io.written.get("out/envs-dev-2.json")!) as Report).summary.vms).toBe(2);
  expect(io.printed).toEqual({ out: "", err: "" });
});

test.each(["json", "json=all.json", "table=all.txt"])("--format %s, one for all paths, is refused", async (format) => {
  const io = environments();
  expect(await run(["check", "--each", ...paths("dev", "prod"), "-i", "inventory.hcl", "--format", format], io)).toBe(2);
  expect(io.printed.err).toMatch(/^--format {2}with --each, every path needs a file of its own, such as --format \w+=report-\{\}\.\w+\n/);
  expect([io.printed.out, io.written.size]).toEqual(["", 0]);
});

test("one path may have its JSON on standard output, with nothing else there", async () => {
  const io = environments();
  await run(["check", "--each", ...paths("dev"), "-i", "inventory.hcl", "--format", "json"], io);
  expect((JSON.parse(io.printed.out) as Report).verdict).toBe("fits");
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  [
    "resources that make no VM",
    { "f/main.tf": vms(0) },
    "f/main.tf:6:3  no VM to judge, and no change of a device or a cluster that touches a running VM; vsphere_virtual_machine.v has count 0; if that",
  ],
  [
    "an empty for_each",
    { "f/main.tf": 'resource "vsphere_virtual_machine" "v" {\n  for_each = {}\n}\n' },
    "f/main.tf:2:3  no VM to judge, and no change of a device or a cluster that touches a running VM; vsphere_virtual_machine.v has an empty for_each",
  ],
  [
    "modules that are left out, with VMs or not at hand, and not one without VMs",
    {
      "f/main.tf":
        'module "a" {\n  count  = 0\n  source = "./vm"\n}\nmodule "b" {\n  for_each = {}\n  source   = "x/y/z"\n}\nmodule "c" {\n  count  = 0\n  source = "./no"\n}\n',
      "f/vm/main.tf": 'module "in" {\n  source = "./in"\n}\n',
      "f/vm/in/main.tf": vms(1),
      "f/no/main.tf": "locals {\n}\n",
    },
    "f/main.tf:2:3  no VM to judge, and no change of a device or a cluster that touches a running VM; module.a has count 0 and module.b has an empty for_each; if that",
  ],
  [
    "configurations further down",
    { "f/versions.tf": "terraform {\n}\n", "f/live/a/main.tf": "", "f/live/b/main.tf": "" },
    "configurations are in f/live/a and f/live/b",
  ],
  [
    "no modules that are its own",
    { "f/main.tf": 'locals {\n  a = 1\n}\n# source = "./vm"\n', "f/vm/main.tf": "" },
    "touches a running VM; if that is meant, say --allow-empty",
  ],
])("where there is no VM to judge, it is said what was looked at: %s", async (_, files, message) => {
  const io = memoryIo({ "inventory.hcl": INVENTORY, ...files });
  expect(await run(["check", "f", "-i", "inventory.hcl"], io)).toBe(2);
  expect(io.printed.err).toContain(message);
});

test("modules that are not read are a finding, whether there is a VM beside them or not", async () => {
  const io = memoryIo({ "inventory.hcl": INVENTORY, "f/main.tf": 'module "m" {\n  source = "registry/a/b"\n}\n' });
  expect([await run(["check", "f", "-i", "inventory.hcl"], io), io.printed.err]).toEqual([1, ""]);
  expect(io.printed.out).toMatch(/^\? the gate does not pass: unknown.*error module-not-read {3}module\.m/s);
});

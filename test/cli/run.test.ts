import { toJsonSchema } from "@valibot/to-json-schema";
import Ajv, { AnySchemaObject } from "ajv";
import { version } from "../../package.json";
import { run } from "../../lib/cli/run";
import { Report } from "../../lib/model";
import { ReportSchema } from "../../lib/schema";
import { memoryIo } from "./memory-io";

const INVENTORY = `
cluster "gpu-prod" {
  drs {}
  ha {}
  host "esx-[1-3].lab" {
    esxi      = "8.0.2"
    cpu_mhz   = 166400
    memory_mb = 1048576
    devices "10de:20f1" {
      count = 2
    }
  }
  template "golden" {
    device { allowed = ["10de:20f1"] }
  }
}
`;

/** A stack of VMs with one GPU each. */
function stack(count: number): string {
  const vm = (index: number) => ({
    name: `vm-${index}`,
    num_cpus: 4,
    memory: 65536,
    memory_reservation: 65536,
    guest_id: "${data.vsphere_virtual_machine.t.guest_id}",
    firmware: "efi",
    hardware_version: 19,
    resource_pool_id: "${data.vsphere_compute_cluster.c.resource_pool_id}",
    clone: { template_uuid: "${data.vsphere_virtual_machine.t.id}" },
  });
  return JSON.stringify({
    data: { vsphere_compute_cluster: { c: { name: "gpu-prod" } }, vsphere_virtual_machine: { t: { name: "golden" } } },
    resource: { vsphere_virtual_machine: Object.fromEntries(Array.from({ length: count }, (_, i) => [`vm_${i}`, vm(i)])) },
  });
}

function fitting(rest: Parameters<typeof memoryIo>[1] = {}) {
  return memoryIo(
    { "inventory.hcl": INVENTORY, "cdk.tf.json": stack(2), "crowded/cdk.tf.json": stack(7), "empty/cdk.tf.json": stack(0) },
    rest,
  );
}

test.each([
  ["fits", ["check", "cdk.tf.json"], 0, "✓ fits"],
  ["does not fit", ["check", "crowded/cdk.tf.json", "-i", "inventory.hcl"], 1, "✗ does not fit"],
  ["does not fit, softly", ["check", "crowded/cdk.tf.json", "-i", "inventory.hcl", "--soft-fail"], 0, "✗ does not fit"],
  [
    "does not fit, and nothing fails",
    ["check", "crowded/cdk.tf.json", "-i", "inventory.hcl", "--fail-on", "none"],
    0,
    "✓ the gate passes: does not fit",
  ],
  ["survives fewer failures", ["check", "cdk.tf.json", "-n", "3"], 1, "✗ does not fit"],
  ["is allowed to be empty", ["check", "empty/cdk.tf.json", "-i", "inventory.hcl", "--allow-empty"], 0, "✓ fits"],
])("a stack that %s", async (_, args, status, answer) => {
  const io = fitting();
  expect([await run(args, io), io.printed.err]).toEqual([status, ""]);
  expect(io.printed.out).toContain(answer);
});

test.each<[string, string[], RegExp]>([
  [
    "an empty stack",
    ["check", "empty/cdk.tf.json", "-i", "inventory.hcl"],
    /^empty\/cdk\.tf\.json {2}no VM to judge.*--allow-empty\n1 mistake, nothing/,
  ],
  ["a path that is not there", ["check", "nothing", "-i", "inventory.hcl"], /^nothing/],
  ["an inventory that is not there", ["check", "cdk.tf.json", "-i", "other.hcl"], /^other\.hcl/],
  ["no inventory anywhere", ["check", "/nowhere/cdk.tf.json"], /no inventory found/],
  ["mistakes on both sides", ["check", "nothing", "-i", "other.hcl"], /^other\.hcl.*\nnothing.*\n2 mistakes, nothing was checked\n$/],
  ["an unknown option", ["check", "--inventry", "x"], /unknown option '--inventry'\n\(Did you mean --inventory\?\)/],
  ["an option that comes later", ["check", "--baseline", "x"], /unknown option '--baseline'/],
  ["an unknown command", ["chek"], /Did you mean check\?/],
  ["no command", [], /Usage: passthru/],
  ["a number of failures that is none", ["check", "-n", "one"], /whole number/],
  ["a negative number of failures", ["check", "-n=-1"], /whole number/],
  ["an unknown level", ["check", "--fail-on", "all"], /Allowed choices are error, warning, note, none/],
  ["an unknown format", ["check", "--format", "yaml"], /known: table, json/],
  ["two formats on standard output", ["check", "--format", "table", "--format", "json"], /Only one format/],
  ["a format with an empty file name", ["check", "--format", "json="], /file name/],
  ["a variable without a value", ["check", "--var", "x"], /NAME=VALUE/],
  ["an argument with control codes", ["check", "--\u001b[2Jx"], /unknown option '--�x'/],
])("nothing is judged with %s, and standard error says why", async (_, args, message) => {
  const io = _ === "no inventory anywhere" ? memoryIo({ "/nowhere/cdk.tf.json": stack(1) }) : fitting();
  expect([await run(args, io), io.printed.out]).toEqual([2, ""]);
  expect(io.printed.err).toMatch(message);
});

test("a first run without an inventory shows how to make one, and what it shows works", async () => {
  const io = memoryIo({ "cdk.tf.json": stack(1) });
  await run(["check", "cdk.tf.json"], io);
  const shown = /^ {2}cluster[^]*^ {2}\}$/m.exec(io.printed.err)![0];
  expect(await run(["inventory", "validate"], memoryIo({ "inventory.hcl": shown }))).toBe(0);
});

test("a folder may hold its inventory beside its stack", async () => {
  const io = memoryIo({ "infra/cdk.tf.json": stack(1), "infra/inventory.hcl": INVENTORY });
  expect([await run(["check", "infra"], io), io.printed.err]).toEqual([0, ""]);
});

test("formats with a file leave standard output alone, and are all written", async () => {
  const io = fitting();
  expect(await run(["check", "cdk.tf.json", "--format", "json=report.json", "--format", "table=report=1.txt"], io)).toBe(0);
  expect(io.printed).toEqual({ out: "", err: "" });
  expect([...io.written.keys()]).toEqual(["report.json", "report=1.txt"]);
  expect((JSON.parse(io.written.get("report.json")!) as Report).verdict).toBe("fits");
});

test("the same input gives the same bytes", async () => {
  const [a, b] = [fitting(), fitting()];
  for (const io of [a, b]) await run(["check", "crowded/cdk.tf.json", "-i", "inventory.hcl", "--format", "json"], io);
  expect(a.printed.out).toBe(b.printed.out);
});

test.each([[["check", "cdk.tf.json"]], [["check", "crowded/cdk.tf.json", "-i", "inventory.hcl"]]])(
  "the JSON of %j is a report by the published schema",
  async (args) => {
    const io = fitting();
    await run([...args, "--format", "json"], io);
    const validate = new Ajv({ strict: true }).compile(toJsonSchema(ReportSchema) as AnySchemaObject);
    expect(validate(JSON.parse(io.printed.out)) || validate.errors).toBe(true);
  },
);

test("a report that can't be written is no pass, and the others are", async () => {
  const write = () => {
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  };
  const io = fitting({ write });
  expect(await run(["check", "cdk.tf.json", "--format", "json=report.json", "--format", "table"], io)).toBe(2);
  expect(io.printed.err).toBe("report.json  the report can't be written here (ENOSPC)\n");
  expect(io.printed.out).toContain("✓ fits");
});

test.each([
  ["a terminal", { isTerminal: true }, true],
  ["a pipe", { isTerminal: false }, false],
  ["a terminal with NO_COLOR", { isTerminal: true, environment: { NO_COLOR: "1" } }, false],
  ["a terminal in CI", { isTerminal: true, environment: { CI: "true" } }, false],
  ["a dumb terminal", { isTerminal: true, environment: { TERM: "dumb" } }, false],
  ["a pipe with FORCE_COLOR", { isTerminal: false, environment: { FORCE_COLOR: "1" } }, true],
  ["a terminal with FORCE_COLOR=0", { isTerminal: true, environment: { FORCE_COLOR: "0" } }, false],
  ["NO_COLOR beats FORCE_COLOR", { isTerminal: true, environment: { FORCE_COLOR: "1", NO_COLOR: "1" } }, false],
])("colour on %s", async (_, rest, colourful) => {
  const io = fitting(rest);
  await run(["check", "cdk.tf.json"], io);
  expect(io.printed.out.includes("\u001b[")).toBe(colourful);
});

test("a bug of ours is said to be one, without its stack unless asked for", async () => {
  const broken = () => {
    throw new TypeError("x is not a function");
  };
  const io = fitting({ out: broken });
  expect(await run(["check", "cdk.tf.json"], io)).toBe(2);
  expect(io.printed.err).toMatch(/^internal error: TypeError: x is not a function\nThis is a bug in vsphere-passthru .*PASSTHRU_DEBUG=1/s);
  expect(io.printed.err).not.toContain(" at ");
  const debugging = fitting({ out: broken, environment: { PASSTHRU_DEBUG: "1" } });
  await run(["check", "cdk.tf.json"], debugging);
  expect(debugging.printed.err).toContain(" at ");
});

test("variables come from the environment, files and --var, each before the one named before it", async () => {
  const template = JSON.stringify({ ...(JSON.parse(stack(1)) as object), variable: { n: { default: 1 } } }).replace(
    '"num_cpus":4',
    '"count":"${var.n}"',
  );
  const vmsWith = async (args: readonly string[], environment = {}): Promise<number> => {
    const io = memoryIo({ "inventory.hcl": INVENTORY, "cdk.tf.json": template, "v.tfvars.json": '{"n": 4}' }, { environment });
    await run(["check", "cdk.tf.json", "--format", "json", ...args], io);
    return (JSON.parse(io.printed.out) as Report).summary.vms;
  };
  expect(await vmsWith([])).toBe(1);
  expect(await vmsWith([], { TF_VAR_n: "2" })).toBe(2);
  expect(await vmsWith(["--var-file", "v.tfvars.json"], { TF_VAR_n: "2" })).toBe(4);
  expect(await vmsWith(["--var-file", "v.tfvars.json", "--var", "n=3"], { TF_VAR_n: "2" })).toBe(3);
});

test("a variable of the environment that no stack declares is nobody's business, and no value is ever shown", async () => {
  const io = fitting({ environment: { TF_VAR_vsphere_password: "s3cret" } });
  await run(["check", "cdk.tf.json", "--format", "json"], io);
  expect(io.printed.out).not.toMatch(/s3cret|vsphere_password/);
});

test.each([["--version"], ["-V"]])("%s prints the package's version", async (flag) => {
  const io = memoryIo();
  expect([await run([flag], io), io.printed.out]).toEqual([0, `${version}\n`]);
});

test.each([[["--help"]], [["check", "--help"]], [["inventory", "validate", "--help"]]])(
  "%j is about options and examples",
  async (args) => {
    const io = memoryIo();
    expect(await run(args, io)).toBe(0);
    expect(io.printed.out).toContain("Usage: passthru");
  },
);

test("inventory validate counts what it found, or locates every mistake", async () => {
  const good = fitting();
  expect([await run(["inventory", "validate"], good), good.printed.out]).toEqual([
    0,
    "no mistakes in inventory.hcl\n  gpu-prod   3 hosts, 6 devices, 0 running VMs, 1 template\n",
  ]);
  const bad = memoryIo({ "my.hcl": INVENTORY.replace("esxi ", "exsi ").replace("cpu_mhz   = 166400", "cpu_mhz = -1") });
  expect([await run(["inventory", "validate", "my.hcl"], bad), bad.printed.out]).toEqual([2, ""]);
  expect(bad.printed.err).toMatch(/^my\.hcl:6:5 {2}.*exsi.*esxi/m);
  expect(bad.printed.err).toMatch(/^my\.hcl:7:\d+ {2}/m);
  expect(bad.printed.err).toMatch(/\d mistakes, nothing was checked\n$/);
});

import { App, TerraformVariable } from "cdktf";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { AcceleratedTemplate, AcceleratedVm, CapacityGate, CapacityGateOptions, Gpu } from "../../constructs";
import { outputFolder } from "../../constructs/synthesized-files";
import { check } from "../../lib/check";
import { diskFiles } from "../../lib/disk-files";
import { Report } from "../../lib/model";
import { findFormat, PLAIN } from "../../lib/report";
import { newAppStack, newVm } from "./fixtures";

let folder: string;
let inventory: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "capacity-gate-"));
  inventory = join(folder, "inventory.hcl");
  writeFileSync(
    inventory,
    `cluster "gpu-prod" {
      resource_pool_id = "resgroup-9"
      drs {}
      host "esx-[01-02].lab" {
        esxi      = "8.0.2"
        cpu_mhz   = 100000
        memory_mb = 1048576
        devices "10de:20f1" { count = 2 }
      }
    }`,
  );
  delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
});

afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"]);

/** An app whose stack asks for as many VMs with as many GPUs. */
function appWith(vms: readonly number[], options: CapacityGateOptions = {}): App {
  const app = new App({ outdir: join(folder, "out") });
  const stack = newAppStack("training", app);
  vms.forEach((count, index) => newVm(stack, `train-${index + 1}`, { accelerators: [{ gpu: Gpu.A100_PCIE_40GB, count }] }));
  CapacityGate.of(app, { inventory, ...options });
  return app;
}

const underTheCommand = () => (process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true");
const read = (name: string) => readFileSync(join(folder, "out", name), "utf8");
const report = () => JSON.parse(read("passthru-report.json")) as Report;

/** What cdktf prints after synth, and fails on where the level is an error. */
function annotations(): { level: string; constructPath: string; message: string }[] {
  const { stacks } = JSON.parse(read("manifest.json")) as { stacks: Record<string, { annotations: ReturnType<typeof annotations> }> };
  return Object.values(stacks).flatMap(({ annotations }) => annotations);
}

const errors = () => annotations().filter(({ level }) => level === "@cdktf/error");

describe("the capacity gate", () => {
  test("does not mind a stack of an earlier synth, which the cdktf command removes at the end", () => {
    mkdirSync(join(folder, "out/stacks/renamed"), { recursive: true });
    writeFileSync(join(folder, "out/stacks/renamed/cdk.tf.json"), "{}");
    appWith([1, 1]).synth();
    expect(report().gate.passes).toBe(true);
  });

  test("lets an app pass that fits, and writes the report", () => {
    appWith([2, 2]).synth();
    expect(report()).toMatchObject({ verdict: "fits", gate: { passes: true } });
    expect(errors()).toEqual([]);
  });

  test("writes the same report, to the byte, as a check of the output folder afterwards", () => {
    const app = appWith([2, 2]);
    app.synth();
    const later = check({ files: diskFiles, paths: [outputFolder(app)], inventories: [inventory] });
    expect(read("passthru-report.json")).toBe(findFormat("json")!(later, PLAIN));
  });

  test("fails an app that does not fit, in one line with what to do, and writes the report", () => {
    const app = appWith([2, 1, 1]);
    expect(() => app.synth()).toThrow(/^ {2}capacity gate: train-1 can be left off: .*2 × A100-PCIE-40GB.* \(order-dependent\); .+$/m);
    expect(report()).toMatchObject({ verdict: "does-not-fit", gate: { passes: false } });
  });

  test("says in that line what is the cause, not what follows from it, and where it is written", () => {
    const app = new App({ outdir: join(folder, "out") });
    const stack = newAppStack("training", app);
    const template = AcceleratedTemplate.prepared("ubuntu-a100", { datacenterId: "datacenter-2" });
    newVm(stack, "train-1", { template });
    CapacityGate.of(app, { inventory });
    const line = /^ {2}capacity gate: .*"ubuntu-a100" carries \(unknown-requests\); .* \(\S*fixtures\.ts:\d+; \S+json, \d findings\)$/m;
    expect(() => app.synth()).toThrow(line);
    expect(report().findings[0]).toMatchObject({ because: ["unknown-requests"] });
  });

  test("lets the same app pass where the large VM starts first", () => {
    const app = appWith([2]);
    const training = app.node.findChild("training");
    const large = training.node.findChild("train-1") as AcceleratedVm;
    for (const id of ["small-1", "small-2"]) newVm(training, id, { startAfter: [large] });
    app.synth();
    expect(report()).toMatchObject({ verdict: "fits", clusters: [{ powerOn: { verdict: "guaranteed" } }] });
  });

  test("under the cdktf command, leaves failing to it, with an error at the VM", () => {
    underTheCommand();
    appWith([2, 1, 1]).synth();
    expect(errors()).toEqual([
      {
        level: "@cdktf/error",
        constructPath: "training/train-1",
        message: expect.stringMatching(/^passthru: train-1 can be left off: .* \(order-dependent\); /) as string,
      },
    ]);
  });

  test("judges every stack of the app as one batch", () => {
    const app = appWith([2, 2]);
    newVm(newAppStack("other", app), "train-9");
    expect(() => app.synth()).toThrow("(power-on-impossible)");
  });

  test.each<[string, CapacityGateOptions, boolean]>([
    ["failOn none", { failOn: "none" }, true],
    ["one stack only", { stacks: ["training"] }, true],
    ["a host failure too many", { stacks: ["training"], failures: 1 }, false],
  ])("takes the command's options: %s", (_, options, passes) => {
    const app = appWith([2, 2], options);
    newVm(newAppStack("other", app), "train-9");
    const synth = () => app.synth();
    if (passes) synth();
    else expect(synth).toThrow("capacity gate: ");
    expect(report().gate.passes).toBe(passes);
  });

  test("takes several inventories and the values of variables", () => {
    const more = join(folder, "more.yaml");
    writeFileSync(more, "clusters:\n  - name: other\n    hosts: [{ name: h, esxi: '8.0', cpu_mhz: 1, memory_mb: 1 }]\n");
    const variables = join(folder, "values.tfvars.json");
    writeFileSync(variables, "{}");
    const app = appWith([2], { inventory: [inventory, more], variables: { size: "1" }, variableFiles: [variables] });
    new TerraformVariable(app.node.findChild("training"), "size", { type: "string" });
    app.synth();
    expect(report().clusters.map(({ name }) => name)).toEqual(["gpu-prod", "other"]);
  });

  test("fails where there is nothing to judge, unless that is allowed", () => {
    expect(() => appWith([]).synth()).toThrow(/capacity gate: .*no VM to judge/);
    appWith([], { allowEmpty: true }).synth();
  });

  test("fails where it can't judge, at the mistake's place, and leaves no earlier report", () => {
    appWith([2]).synth();
    writeFileSync(inventory, 'cluster "gpu-prod" {\n  hots "esx-01.lab" {}\n}');
    expect(() => appWith([2]).synth()).toThrow(/^ {2}capacity gate: .*inventory\.hcl:2:3 .*hots/m);
    expect(existsSync(join(folder, "out", "passthru-report.json"))).toBe(false);
  });

  test("under the cdktf command, where it can't judge, leaves failing to it with an error at the first stack", () => {
    underTheCommand();
    appWith([2], { inventory: join(folder, "missing.hcl") }).synth();
    expect(errors()).toMatchObject([{ constructPath: "training", message: expect.stringContaining("missing.hcl") as string }]);
  });

  test("says nothing that a terminal or a CI system would obey, whatever the name of a file", () => {
    const options = { inventory: join(folder, "\u001b[2J\n::error::x ##[error].hcl") };
    const obeyed = /[^\P{Cc}\n]|^\s*::|##\[/mu;
    let thrown = "";
    try {
      appWith([2], options).synth();
    } catch (error) {
      thrown = (error as Error).message;
    }
    expect(thrown).toContain("capacity gate: ");
    expect(thrown).not.toMatch(obeyed);
    underTheCommand();
    appWith([2], options).synth();
    expect(errors()[0]!.message).toContain("passthru: ");
    expect(errors()[0]!.message).not.toMatch(obeyed);
  });

  test("fails by itself even under the cdktf command where no stack could carry the error", () => {
    underTheCommand();
    const app = new App({ outdir: join(folder, "out") });
    CapacityGate.of(app, { inventory });
    expect(() => app.synth()).toThrow("capacity gate: ");
  });

  test("is skipped where the app skips validations", () => {
    const app = new App({ outdir: join(folder, "out"), skipValidation: true });
    newVm(newAppStack("training", app), "train-1", { accelerators: [{ gpu: Gpu.A100_PCIE_40GB, count: 3 }] });
    CapacityGate.of(app, { inventory });
    app.synth();
    expect(existsSync(join(folder, "out", "passthru-report.json"))).toBe(false);
  });

  test("can be declared once", () => {
    const app = appWith([]);
    expect(() => CapacityGate.of(app)).toThrow(new Error("the app has a capacity gate already; declare one, with all inventories"));
  });

  test.each([-1, 0.5, NaN])("refuses %p failures", (failures) => {
    expect(() => CapacityGate.of(new App({ outdir: join(folder, "out") }), { failures })).toThrow(
      new Error(`failures is ${failures}; give a whole number of at least 0`),
    );
  });
});

import { execFileSync, spawnSync } from "child_process";
import { mkdtempSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { check } from "../../lib/check";
import { diskFiles } from "../../lib/disk-files";
import { Report } from "../../lib/model";
import { wrongNames } from "../known-arguments";

interface Resource {
  readonly "//": { readonly passthru: { readonly source: { readonly file: string; readonly line: number } } };
}

interface Stack {
  readonly provider: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
}

const out = mkdtempSync(join(tmpdir(), "examples-"));
afterAll(() => rmSync(out, { recursive: true }));

const synth = (name: string, outdir: string) =>
  execFileSync("node", ["-r", "tsx/cjs", `stacks/${name}.ts`], { env: { ...process.env, CDKTF_OUTDIR: outdir }, stdio: "pipe" });
const stackIn = (outdir: string, name: string) => JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) as Stack;

/** The line of a file of stacks/ that holds this text. */
function lineOf(file: string, text: string): number {
  return (
    readFileSync(file, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}

describe("the example that fits", () => {
  const outdir = join(out, "main");
  beforeAll(() => synth("main", outdir));

  test("passes its gate: every VM starts in every order, and comes back after any one failure", () => {
    const report = JSON.parse(readFileSync(join(outdir, "passthru-report.json"), "utf8")) as Report;
    expect(report).toMatchObject({
      verdict: "fits",
      gate: { passes: true, accepted: [] },
      clusters: [{ name: "gpu-prod", powerOn: { verdict: "guaranteed" }, failover: { verdict: "survives", tolerates: 1 } }],
    });
  });

  test.each([
    ["training", "vsphere_virtual_machine", "stacks/training.ts", "new AcceleratedVm("],
    ["inference", "vsphere_virtual_machine", "stacks/inference.ts", "new AcceleratedVm("],
    ["gpu-farm", "passthru_host_device", "stacks/gpu-farm.ts", "new GpuPassthroughHost("],
  ])("says in %s which line each %s comes from", (stack, type, file, text) => {
    const resources = Object.values(stackIn(outdir, stack).resource[type]!);
    expect(resources.length).toBeGreaterThan(2);
    for (const resource of resources) expect(resource["//"].passthru.source).toEqual({ file, line: lineOf(file, text) });
  });

  test("needs our provider where it copies templates or sets up hosts, and nowhere else", () => {
    const providers = ["gpu-farm", "inference", "training"].map((name) => Object.keys(stackIn(outdir, name).provider).sort());
    expect(providers).toEqual([["passthru", "vsphere"], ["vsphere"], ["passthru", "vsphere"]]);
  });

  test("writes names of the providers' schemas only, and the guest of every clone", () => {
    for (const name of ["gpu-farm", "inference", "training"]) expect([name, wrongNames(stackIn(outdir, name))]).toEqual([name, []]);
    const guests = ["inference", "training"].flatMap((name) => Object.values(stackIn(outdir, name).resource["vsphere_virtual_machine"]!));
    expect(guests.map((vm) => "guest_id" in vm)).toEqual(guests.map(() => true));
  });

  test("logs our provider in where the vSphere provider logs in", () => {
    for (const name of ["gpu-farm", "training"]) {
      const { provider } = stackIn(outdir, name);
      expect(provider["passthru"]).toEqual(provider["vsphere"]);
    }
  });

  test("writes neither a secret nor a path of this machine", () => {
    for (const name of ["gpu-farm", "inference", "training"]) {
      const text = readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
      expect(text).not.toContain(process.cwd());
      expect(text).toContain('"password": "${var.vsphere_password}"');
    }
  });
});

describe("the crowded example", () => {
  const outdir = join(out, "crowded");
  const inventories = ["stacks/crowded.inventory.hcl"];
  beforeAll(() => synth("crowded", outdir));

  test("does not fit: the large VMs can be left off, and no failure is survived", () => {
    const report = check({ files: diskFiles, paths: [outdir], inventories });
    expect(report).toMatchObject({
      verdict: "does-not-fit",
      gate: { passes: false },
      clusters: [{ powerOn: { verdict: "order-dependent", complete: true }, failover: { verdict: "fails", tolerates: 0 } }],
    });
    const large = Object.keys(stackIn(outdir, "training").resource["vsphere_virtual_machine"]!);
    expect(report.clusters[0]!.powerOn.canBeLeftOff).toEqual(large.map((name) => `training/vsphere_virtual_machine.${name}`).sort());
  });
});

test("cdktf.json runs the example that fits", () => {
  const { app } = JSON.parse(readFileSync("cdktf.json", "utf8")) as { app: string };
  const { status } = spawnSync(app, { shell: true, env: { ...process.env, CDKTF_OUTDIR: join(out, "cdktf-json") } });
  expect(status).toBe(0);
});

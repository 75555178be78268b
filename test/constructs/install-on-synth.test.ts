import { App, TerraformStack } from "cdktf";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../package.json";
import { PassthruHostDevice, PassthruProvider } from "../../constructs/provider";
import { PROVIDER } from "../../lib/schema";
import { describeWhere } from "../e2e/rig";

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "passthru-synth-"));
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

const device = (stack: TerraformStack, id = "device") =>
  new PassthruHostDevice(stack, id, { hostSystemId: "host-21", pciId: "0000:af:00.0", enabled: true });
const stackFolder = (name: string) => join(outdir, "stacks", name);
const providerIn = (name: string) => join(stackFolder(name), "terraform.d/plugins", PROVIDER.source);

test.each([false, true])("a synth puts the provider into each stack that uses it, and into no other (as HCL: %s)", (hclOutput) => {
  const app = new App({ outdir, hclOutput });
  device(new TerraformStack(app, "hosts"));
  new PassthruProvider(new TerraformStack(app, "declared"), "passthru");
  new TerraformStack(app, "network");
  app.synth();
  expect(readdirSync(providerIn("hosts"))).toEqual([manifest.version]);
  expect(readdirSync(providerIn("declared"))).toEqual([manifest.version]);
  expect(existsSync(join(stackFolder("network"), "terraform.d"))).toBe(false);
});

test("a stack keeps a synthesizer of its own", () => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "hosts");
  const { synthesizer } = stack;
  let synthesized = 0;
  stack.synthesizer = { synthesize: (session) => (synthesized++, synthesizer.synthesize(session)) };
  device(stack, "a");
  device(stack, "b");
  app.synth();
  expect([synthesized, existsSync(providerIn("hosts"))]).toEqual([1, true]);
});

describeWhere(["terraform"], "a synthesized stack under Terraform", () => {
  test("can be initialized and validated as it is", () => {
    const app = new App({ outdir });
    device(new TerraformStack(app, "hosts"));
    app.synth();
    writeFileSync(join(outdir, "cli.tfrc"), "");
    const env = { PATH: process.env["PATH"], HOME: outdir, TF_CLI_CONFIG_FILE: join(outdir, "cli.tfrc"), CHECKPOINT_DISABLE: "1" };
    for (const subcommand of ["init", "validate"]) {
      expect(spawnSync("terraform", [subcommand], { cwd: stackFolder("hosts"), encoding: "utf8", env })).toMatchObject({
        status: 0,
        stderr: "",
      });
    }
  });
});

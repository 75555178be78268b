import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { AcceleratedTemplate, PassthruHostDevice, PassthruProvider, PassthruTemplate } from "../../constructs";
import { resolveTokens } from "../../constructs/arguments";
import { BlockSchema, PROVIDER, RESOURCES } from "../../lib/schema";

type Json = Record<string, unknown>;

function synth(build: (stack: TerraformStack) => void): Json {
  return JSON.parse(
    Testing.synthScope((scope) => {
      build(scope as TerraformStack);
    }),
  ) as Json;
}

const device = (scope: Construct, id = "device") => new PassthruHostDevice(scope, id, { hostSystemId: "host-21", pciId: "0000:af:00.0" });

/** Only what the types demand. */
const LEAST = {
  passthru_host_device: (scope: Construct) => device(scope, "r"),
  passthru_template: (scope: Construct) =>
    new PassthruTemplate(scope, "r", { sourceTemplateUuid: "4211", name: "copy", device: [{ allowed: ["10de:20f1"] }] }),
};

const TIMEOUTS = { create: "1h30m", read: "5m", update: "10m", delete: "15m" };
const HCL_TIMEOUTS = `timeouts {
create = "1h30m"
read = "5m"
update = "10m"
delete = "15m"
}`;

/** Every attribute that the schema lets the author give, with a value of its type. */
const FULL = {
  passthru_host_device: (scope: Construct) =>
    new PassthruHostDevice(scope, "r", {
      hostSystemId: "host-21",
      pciId: "0000:af:00.0",
      enabled: true,
      hardwareLabel: "Training",
      applyNow: false,
      timeouts: TIMEOUTS,
    }),
  passthru_template: (scope: Construct) =>
    new PassthruTemplate(scope, "r", {
      sourceTemplateUuid: "4211",
      name: "copy",
      device: [{ allowed: ["10de:20f1"], label: "Training" }],
      hardwareVersion: 19,
      linkedClone: true,
      datastoreId: "datastore-1",
      folder: "gpu",
      timeouts: TIMEOUTS,
    }),
};

const HCL = {
  passthru_host_device: `resource "passthru_host_device" "r" {
host_system_id = "host-21"
pci_id = "0000:af:00.0"
enabled = true
hardware_label = "Training"
apply_now = false
${HCL_TIMEOUTS}
}`,
  passthru_template: `resource "passthru_template" "r" {
source_template_uuid = "4211"
name = "copy"
hardware_version = 19
linked_clone = true
datastore_id = "datastore-1"
folder = "gpu"
device {
allowed = [
"10de:20f1"
]
label = "Training"
}
${HCL_TIMEOUTS}
}`,
};

describe.each(Object.keys(RESOURCES) as (keyof typeof RESOURCES)[])("the binding of %s", (type) => {
  const schema: BlockSchema = RESOURCES[type];

  const typeOf = (value: unknown) =>
    Array.isArray(value) ? { list: typeof value[0] } : typeof value === "boolean" ? "bool" : typeof value;

  function expectAgreement(block: BlockSchema, written: Json): void {
    const given = Object.entries(block.attributes).filter(([, { use }]) => use !== "computed");
    const blocks = Object.keys(block.blocks ?? {});
    const timeouts = block.timeouts ? ["timeouts"] : [];
    expect(Object.keys(written).sort()).toEqual([...given.map(([name]) => name), ...blocks, ...timeouts].sort());
    if (block.timeouts) expect(written["timeouts"]).toEqual(TIMEOUTS);
    for (const [name, { type: expected }] of given) expect([name, typeOf(written[name])]).toEqual([name, expected]);
    for (const [name, nested] of Object.entries(block.blocks ?? {})) expectAgreement(nested, (written[name] as Json[])[0]!);
  }

  test("writes exactly the attributes of the schema, each with its type", () => {
    const resources = synth((stack) => FULL[type](stack))["resource"] as Record<string, Record<string, Json>>;
    expectAgreement(schema, resources[type]!["r"]!);
  });

  test("demands exactly the attributes that the schema requires", () => {
    const required = (block: BlockSchema) => [
      ...Object.entries(block.attributes).flatMap(([name, { use }]) => (use === "required" ? [name] : [])),
      ...Object.entries(block.blocks ?? {}).flatMap(([name, { minItems }]) => (minItems > 0 ? [name] : [])),
    ];
    const resources = synth((stack) => LEAST[type](stack))["resource"] as Record<string, Record<string, Json>>;
    const written = resources[type]!["r"]!;
    expect(Object.keys(written).sort()).toEqual(required(schema).sort());
    for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
      expect(Object.keys((written[name] as Json[])[0]!)).toEqual(required(nested));
    }
  });

  test("has a getter that refers to every attribute of the schema, and no other", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    const resource = FULL[type](stack);
    const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(resource)))
      .filter(([name, { get }]) => get && !name.endsWith("Input"))
      .map(([name]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), name] as const);
    expect(getters.map(([attribute]) => attribute).sort()).toEqual(Object.keys(schema.attributes).sort());
    for (const [attribute, getter] of getters) {
      const value: unknown = resource[getter as keyof typeof resource];
      expect(resolveTokens(stack, value)).toBe(`\${${type}.r.${attribute}}`);
    }
  });

  test("can be written as HCL", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    FULL[type](stack);
    expect((stack.toHclTerraform() as { hcl: string }).hcl).toContain(HCL[type]);
  });
});

describe("the provider", () => {
  const synthesized = (stack: TerraformStack) => JSON.parse(Testing.synth(stack)) as Record<string, Json>;

  test("is declared once, with its source and version and without configuration, when the first resource needs it", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    device(stack, "a");
    device(stack, "b");
    const { provider, terraform } = synthesized(stack);
    expect(provider).toEqual({ passthru: [{}] });
    expect(terraform!["required_providers"]).toEqual({ passthru: { source: PROVIDER.source, version: PROVIDER.versionConstraint } });
  });

  test("has a source address whose host looks like a host name, which Terraform demands", () => {
    expect(PROVIDER.source).toMatch(/^[a-z]+([.][a-z]+)+[/][a-z]+[/][a-z]+$/);
  });

  test("has a version constraint that fits this package's version", () => {
    const { version } = require("../../package.json") as { version: string };
    expect(PROVIDER.versionConstraint).toBe(`~> ${version.replace(/[0-9]+$/, "0")}`);
  });

  test("that the author declared first is used, with the author's configuration", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    new PassthruProvider(stack, "vc", { vsphereServer: "vc.lab", user: "ops", password: "${var.password}", allowUnverifiedSsl: true });
    device(stack);
    expect(synthesized(stack)["provider"]).toEqual({
      passthru: [{ vsphere_server: "vc.lab", user: "ops", password: "${var.password}", allow_unverified_ssl: true }],
    });
  });

  test("logs in where the stack's vSphere provider does, wherever that one is declared", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    device(stack);
    new PassthruProvider(stack, "east", { alias: "east", apiTimeout: 9 });
    new PassthruProvider(stack, "west", { alias: "west", vsphereServer: "west.lab" });
    new VsphereProvider(stack, "vsphere", {
      vsphereServer: "vc.lab",
      user: "ops",
      password: "${var.password}",
      allowUnverifiedSsl: true,
      clientDebug: true,
    });
    new VsphereProvider(stack, "vsphere-east", {
      alias: "east",
      vsphereServer: "east.lab",
      user: "ops",
      password: "${var.east}",
      apiTimeout: 3,
    });
    expect(synthesized(stack)["provider"]!["passthru"]).toEqual([
      { vsphere_server: "vc.lab", user: "ops", password: "${var.password}", allow_unverified_ssl: true },
      { alias: "east", vsphere_server: "east.lab", user: "ops", password: "${var.east}", api_timeout: 9 },
      { alias: "west", vsphere_server: "west.lab" },
    ]);
  });

  test("does not log in where the vSphere provider of another stack does", () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, "s");
    device(stack);
    new VsphereProvider(new TerraformStack(app, "other"), "vsphere", { user: "ops", password: "${var.password}" });
    expect(synthesized(stack)["provider"]).toEqual({ passthru: [{}] });
  });

  test("with an alias is referred to where it is the only one", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    new PassthruProvider(stack, "vc", { alias: "east" });
    device(stack);
    expect(synthesized(stack)).toMatchObject({
      provider: { passthru: [{ alias: "east" }] },
      resource: { passthru_host_device: { device: { provider: "passthru.east" } } },
    });
  });

  test("that is asked for by the resource is the one it gets", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    new PassthruProvider(stack, "vc");
    const east = new PassthruProvider(stack, "vc-east", { alias: "east" });
    new PassthruHostDevice(stack, "device", { hostSystemId: "host-21", pciId: "0000:af:00.0", provider: east });
    expect(synthesized(stack)).toMatchObject({ resource: { passthru_host_device: { device: { provider: "passthru.east" } } } });
  });

  test("can't be declared after one was made for a resource, unless it has an alias", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    device(stack);
    expect(() => new PassthruProvider(stack, "late")).toThrow(
      "s/late: the stack has a passthru provider already, made for the first construct that needs one; " +
        "declare PassthruProvider before that construct",
    );
    new PassthruProvider(stack, "late-alias", { alias: "east" });
  });

  test("can be written as HCL", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    new PassthruProvider(stack, "vc", { vsphereServer: "vc.lab", allowUnverifiedSsl: true });
    expect((stack.toHclTerraform() as { hcl: string }).hcl).toContain(
      'provider "passthru" {\nvsphere_server = "vc.lab"\nallow_unverified_ssl = true\n}',
    );
  });

  test("is not in a stack that has only prepared templates", () => {
    const stack = new TerraformStack(Testing.app(), "s");
    AcceleratedTemplate.prepared("ubuntu-a100").uuidFor(stack, []);
    expect(Object.keys(synthesized(stack))).toEqual(["data"]);
  });
});

import { credentials, status } from "@grpc/grpc-js";
import { ExtData } from "@msgpack/msgpack";
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { selfSignedCertificate } from "../../../lib/provider/plugin/certificate";
import { Connection, dynamic, plain, terraformEnvironment } from "./connection";
import { bundleShelfProvider } from "./workspace";

const NULL = dynamic(null);
const UNKNOWN = new ExtData(0, new Uint8Array([0]));
/** Unknown, but it begins with "pre-", as Terraform 1.11 sends `"pre-${x}"`. */
const REFINED = new ExtData(12, new Uint8Array([0x82, 0x01, 0xc2, 0x02, 0xa4, ...Buffer.from("pre-")]));

const THING = {
  name: "lamp",
  note: null,
  size: null,
  fragile: null,
  tags: null,
  marks: null,
  serial: null,
  revision: null,
  part: [],
  case: [],
};
const MADE = { ...THING, size: 1, fragile: false, serial: "serial-lamp", revision: 1 };
const PART = { kinds: ["a", "b"], count: null, screw: [] };

let folder: string;
let shelf: string;
let provider: string;
let connection: Connection;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "passthru-conformance-"));
  provider = bundleShelfProvider(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  shelf = mkdtempSync(join(folder, "shelf-"));
});

const type_name = "shelf_thing";
const call: Connection["call"] = (method, request) => connection.call(method, request);
const configure = (config: unknown = { shelf, secret: null }) => call("ConfigureProvider", { config: dynamic(config) });
const validate = (fields: object) => call("ValidateResourceConfig", { type_name, config: dynamic({ ...THING, ...fields }) });
const plan = (prior: object | null, fields: object, more: object = {}) =>
  call("PlanResourceChange", {
    type_name,
    prior_state: dynamic(prior),
    proposed_new_state: dynamic({ ...THING, ...fields }),
    config: dynamic({ ...THING, ...fields }),
    ...more,
  });
const apply = (prior: object | null, planned: object | null, more: object = {}) =>
  call("ApplyResourceChange", {
    type_name,
    prior_state: dynamic(prior),
    planned_state: dynamic(planned),
    config: dynamic(planned),
    ...more,
  });
const at = (...steps: (string | number)[]) => ({
  steps: steps.map((step) => (typeof step === "number" ? { element_key_int: step } : { attribute_name: step })),
});
const events = () => (existsSync(join(shelf, "events")) ? readFileSync(join(shelf, "events"), "utf8") : "");
const until = async (holds: () => boolean) => {
  while (!holds()) await setTimeout(10);
};

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

const typeOf = (sent: Uint8Array | undefined): unknown => JSON.parse(Buffer.from(sent!).toString());

describe("the process", () => {
  beforeEach(async () => {
    connection = await Connection.start(provider);
  });
  afterEach(() => connection.end());

  test("shows its certificate, asks for Terraform's and accepts no other, and none", async () => {
    const reach = (client = connection.clientWith(connection.tls())) =>
      connection.unary("/tfplugin6.Provider/StopProvider", ["Empty", "Empty"], {}, client).finally(() => client.close());
    await expect(reach()).rejects.toMatchObject({ code: status.UNAVAILABLE });
    const stranger = connection.clientWith(connection.tls(selfSignedCertificate(new Date())));
    await expect(reach(stranger)).rejects.toMatchObject({ code: status.UNAVAILABLE });
    await expect(reach(connection.clientWith(credentials.createInsecure()))).rejects.toMatchObject({ code: status.UNAVAILABLE });
    expect((await call("GetProviderSchema", {})).provider?.block?.description).toBe("A shelf of things.");
  });

  test("makes a certificate of its own at each start, which any library reads", async () => {
    const { raw, subjectAltName, ca, validFrom, validTo, publicKey } = new X509Certificate(
      Buffer.from(connection.serverCertificate, "base64"),
    );
    expect([subjectAltName, ca, publicKey.asymmetricKeyDetails?.namedCurve]).toEqual(["DNS:localhost", true, "prime256v1"]);
    expect(Date.parse(validTo) - Date.parse(validFrom)).toBe(31 * 86_400_000);
    const other = await Connection.start(provider);
    await other.end();
    expect(Buffer.from(other.serverCertificate, "base64").equals(raw)).toBe(false);
  });

  test("listens to this machine only", () => {
    expect(connection.address).toMatch(/^127[.]0[.]0[.]1:\d+$/);
  });

  test.each([
    ["started by hand", {}, "is a plugin of Terraform, which starts it by itself: run terraform init"],
    [
      "started by an old Terraform",
      { ...terraformEnvironment(), PLUGIN_PROTOCOL_VERSIONS: "4,5" },
      "speaks plugin protocol 6, and this Terraform only 4, 5",
    ],
  ])("says what is wrong when it is %s", (_, environment, message) => {
    const ran = spawnSync(provider, { env: { PATH: process.env["PATH"], ...environment }, encoding: "utf8" });
    expect(ran).toMatchObject({ status: 1, stdout: expect.stringContaining(message) });
  });

  test("says why it can't start where Terraform shows it, and crashes as Terraform reads it", () => {
    const ran = spawnSync(provider, { env: { ...terraformEnvironment(), PLUGIN_CLIENT_CERT: "no certificate" }, encoding: "utf8" });
    expect(ran).toMatchObject({
      status: 2,
      stdout: expect.stringMatching(/^shelf can't start: .*PEM/),
      stderr: expect.stringMatching(/^panic: /),
    });
  });

  test.each([
    ["without Node", "", "needs Node.js 20 or newer on the PATH, and there is none"],
    [
      "with an old Node",
      "#!/bin/sh\nexec REAL -e \"Object.defineProperty(process.versions, 'node', { value: '18.0.0' }); Object.defineProperty(process, 'version', { value: 'v18.0.0' }); $2\" \"$3\"\n",
      "needs Node.js 20 or newer; on the PATH is v18.0.0",
    ],
  ])("is a message %s", (_, node, message) => {
    const path = mkdtempSync(join(folder, "path-"));
    if (node) writeFileSync(join(path, "node"), node.replace("REAL", process.execPath), { mode: 0o755 });
    expect(spawnSync(provider, { env: { PATH: path }, encoding: "utf8" }).stdout).toContain(message);
  });

  test("starts in a folder of ES modules", () => {
    const modules = join(folder, "modules");
    mkdirSync(modules);
    writeFileSync(join(modules, "package.json"), '{ "type": "module" }');
    const copy = join(modules, "terraform-provider-shelf_v1.0.0");
    writeFileSync(copy, readFileSync(provider), { mode: 0o755 });
    expect(spawnSync(copy, { env: { PATH: process.env["PATH"] }, encoding: "utf8" }).stdout).toContain("is a plugin of Terraform");
  });

  test("ends when asked to, after it has closed its session", async () => {
    await configure();
    const exit = once(connection.process, "exit");
    await connection.unary("/plugin.GRPCController/Shutdown", ["Empty", "Empty"], {});
    expect(await exit).toEqual([0, null]);
    expect(events()).toBe("close\n");
  });

  test("ends where nobody calls, because whoever started it died before the start was finished", async () => {
    await configure();
    // The shell is gone before the provider looks who its parent is, and its standard output is a file, which nobody closes.
    const script = `"${provider}" > "${folder}/started" & echo $!`;
    const orphan = Number(
      spawnSync("sh", ["-c", script], { env: terraformEnvironment(), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).stdout,
    );
    await until(() => readFileSync(join(folder, "started"), "utf8").includes("|grpc|"));
    expect(isRunning(orphan)).toBe(true);
    await until(() => !isRunning(orphan));
    expect(isRunning(connection.process.pid!)).toBe(true);
  }, 60_000);

  test("does not end at Ctrl-C, because Terraform says when", async () => {
    connection.process.kill("SIGINT");
    expect(await configure()).toEqual({});
  });

  test.each([
    "/plugin.GRPCStdio/StreamStdio",
    "/plugin.GRPCBroker/StartStream",
    "/grpc.health.v1.Health/Check",
    "/tfplugin6.Provider/GetFunctions",
    "/tfplugin6.Provider/MoveResourceState",
    "/tfplugin6.Provider/GetMetadata",
    "/tfplugin6.Provider/GetResourceIdentitySchemas",
  ])("does without %s", async (path) => {
    await expect(connection.unary(path, ["Empty", "Empty"], {})).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });

  test("interrupts what runs when Terraform stops it, and begins nothing after that", async () => {
    await configure();
    const planned = { ...MADE, fragile: UNKNOWN, serial: UNKNOWN, revision: UNKNOWN };
    const slow = apply(null, { ...planned, note: "slow" });
    await until(() => events().includes("waiting"));
    expect(await call("StopProvider", {})).toEqual({});
    expect(await slow).toMatchObject({ diagnostics: [{ summary: "interrupted" }] });
    expect(await apply(null, planned)).toMatchObject({ diagnostics: [{ summary: "interrupted" }] });
  });

  test("logs lines that Terraform takes apart", async () => {
    await configure();
    void apply(null, { ...THING, size: 1, note: "slow", fragile: UNKNOWN, serial: UNKNOWN, revision: UNKNOWN }).catch(() => {});
    await until(() => connection.log.includes("\n"));
    expect(JSON.parse(connection.log)).toEqual({
      "@level": "info",
      "@message": "waiting",
      "@module": "shelf",
      note: "slow",
      "@timestamp": expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.]\d{6}Z$/),
    });
  });
});

describe("over one connection", () => {
  beforeAll(async () => {
    connection = await Connection.start(provider);
  });
  afterAll(() => connection.end());

  describe("the schema", () => {
    test("tells Terraform what each attribute is, and that it needs to be asked only once", async () => {
      const schema = await call("GetProviderSchema", {});
      expect(schema.server_capabilities).toEqual({ get_provider_schema_optional: true });
      expect(Object.keys(schema.resource_schemas!)).toEqual(["shelf_thing"]);
      const { attributes, block_types } = schema.resource_schemas!["shelf_thing"]!.block!;
      const flags = attributes!.map(({ name, type, required, optional, computed }) => [
        name,
        typeOf(type),
        [required && "required", optional && "optional", computed && "computed"].filter(Boolean).join(" "),
      ]);
      expect(flags).toEqual([
        ["name", "string", "required"],
        ["note", "string", "optional"],
        ["size", "number", "optional computed"],
        ["fragile", "bool", "optional computed"],
        ["tags", ["set", "string"], "optional"],
        ["marks", ["map", "string"], "optional"],
        ["serial", "string", "computed"],
        ["revision", "number", "computed"],
      ]);
      expect(block_types!.map(({ type_name, nesting, max_items }) => [type_name, nesting, max_items])).toEqual([
        ["part", 2, 0],
        ["case", 2, 1],
      ]);
      expect(block_types![0]!.block!.block_types![0]).toMatchObject({ type_name: "screw", nesting: 3, max_items: 4 });
      expect(typeOf(schema.data_source_schemas!["shelf_things"]!.block!.attributes![1]!.type)).toEqual([
        "list",
        ["object", { name: "string", size: "number", tags: ["set", "string"] }],
      ]);
      expect(schema.provider!.block!.attributes!.map(({ name, sensitive }) => [name, sensitive])).toEqual([
        ["shelf", false],
        ["secret", true],
        ["count", false],
      ]);
    });

    test.each(["shelf_other", "constructor", "__proto__", ""])("has no resource %j", async (type_name) => {
      await expect(call("ReadResource", { type_name, current_state: NULL })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
      await expect(call("ReadDataSource", { type_name, config: NULL })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
    });
  });

  describe("a configuration", () => {
    test.each([
      ["everything null", {}],
      [
        "everything unknown",
        { name: UNKNOWN, note: UNKNOWN, size: UNKNOWN, fragile: UNKNOWN, tags: UNKNOWN, marks: UNKNOWN, part: UNKNOWN, case: UNKNOWN },
      ],
      ["a refined unknown", { name: REFINED, tags: ["a", REFINED], marks: { a: REFINED } }],
      ["an unknown block in a set", { part: [{ ...PART, screw: [UNKNOWN, { length: UNKNOWN }] }] }],
      ["odd names in a map", { marks: { constructor: "a", "": "b", ü: "c" } }],
      ["the largest exact number", { size: 2n ** 53n }],
      ["a binary fraction", { size: 0.5 }],
      ["a decimal fraction, which is sent as text", { size: "0.1" }],
      ["a whole number as text", { size: "12300" }],
    ])("may have %s", async (_, fields) => {
      expect(await validate(fields)).toEqual({});
    });

    test.each([
      ["2^53 + 1", { size: 2n ** 53n + 1n }, at("size")],
      ["2^62, which prints as something else", { size: 2n ** 62n }, at("size")],
      ["the smallest integer", { size: -(2n ** 63n) }, at("size")],
      ["2^63", { size: "9223372036854775809" }, at("size")],
      ["a third", { size: "0.33333333333333333333333333333333" }, at("size")],
      ["a double that is no short decimal", { size: 0.1 }, at("size")],
      ["no number", { size: "1e" }, at("size")],
      ["a number beyond all", { size: "1e400" }, at("size")],
      ["infinity", { size: Infinity }, at("size")],
      ["it in a block", { part: [PART, { ...PART, screw: [{ length: "0.10000000000000000001" }] }] }, at("part", 1, "screw")],
    ])("is refused where a number can't be kept: %s", async (_, fields, attribute) => {
      const { diagnostics } = await validate(fields);
      expect(diagnostics).toEqual([
        expect.objectContaining({ severity: 1, summary: expect.stringContaining("can't be kept exactly"), attribute }),
      ]);
    });

    test.each([
      ["a list", { part: [{ ...PART, kinds: ["a", null] }] }, at("part", 0, "kinds", 1)],
      ["a set", { tags: [null] }, at("tags")],
      ["a map", { marks: { a: null } }, { steps: [{ attribute_name: "marks" }, { element_key_string: "a" }] }],
    ])("is refused with null in %s", async (_, fields, attribute) => {
      expect((await validate(fields)).diagnostics).toEqual([
        expect.objectContaining({ summary: expect.stringContaining("null where"), attribute }),
      ]);
    });

    test.each([
      ["text where a bool must be", dynamic({ ...THING, fragile: "true" })],
      ["a list where an object must be", dynamic([])],
      ["no MessagePack", { msgpack: Buffer.from([0xc1]) }],
      ["cut short", { msgpack: Buffer.from([0x92, 0x01]) }],
      ["no JSON", { json: Buffer.from("{") }],
    ])("that is %s is answered with a diagnostic", async (_, config) => {
      expect((await call("ValidateResourceConfig", { type_name, config })).diagnostics).toHaveLength(1);
    });

    test("may have a number that no JavaScript number prints, because nobody compares it", async () => {
      expect(
        await call("ConfigureProvider", {
          config: { json: Buffer.from(`{"shelf":${JSON.stringify(shelf)},"count":0.${"3".repeat(150)}}`) },
        }),
      ).toEqual({});
    });

    test("may come as JSON", async () => {
      const config = { json: Buffer.from(JSON.stringify({ ...THING, name: "" })) };
      expect((await call("ValidateResourceConfig", { type_name, config })).diagnostics).toEqual([
        { severity: 1, summary: "a thing without a name", detail: "", attribute: at("name") },
      ]);
    });

    test("of the provider and of a data source is looked at", async () => {
      expect((await call("ValidateProviderConfig", { config: dynamic({ shelf: "", secret: null }) })).diagnostics).toEqual([
        { severity: 1, summary: "no shelf", detail: "", attribute: at("shelf") },
      ]);
      expect(
        await call("ValidateDataResourceConfig", { type_name: "shelf_things", config: dynamic({ tag: UNKNOWN, things: null }) }),
      ).toEqual({});
    });
  });

  describe("a plan", () => {
    beforeEach(() => configure());

    test("of a new thing has the defaults, and leaves to the apply what the provider tells", async () => {
      const { planned_state, requires_replace } = await plan(null, { part: [PART] });
      expect(plain(planned_state)).toEqual({
        ...THING,
        size: 1,
        fragile: UNKNOWN,
        serial: UNKNOWN,
        revision: UNKNOWN,
        part: [{ ...PART, count: 1 }],
      });
      expect(requires_replace).toBeUndefined();
    });

    test("of nothing new is what was there, byte for byte", async () => {
      const prior_state = dynamic(MADE);
      const { planned_state } = await plan(MADE, {}, { prior_state });
      expect(Buffer.from(planned_state!.msgpack!)).toEqual(Buffer.from(prior_state.msgpack!));
    });

    test("of a change keeps what is stable", async () => {
      const { planned_state, requires_replace } = await plan(MADE, { size: 2 });
      expect(plain(planned_state)).toEqual({ ...MADE, size: 2, fragile: UNKNOWN, revision: UNKNOWN });
      expect(requires_replace).toBeUndefined();
    });

    test.each([
      ["an attribute that can't change", { name: "vase" }, [at("name")]],
      ["one that is not known yet", { name: REFINED }, [at("name")]],
      ["a block that can't change", { case: [{ colour: "red" }] }, [at("case")]],
      ["what the resource itself wants", { size: 0 }, [at("size")]],
    ])("replaces a thing for %s", async (_, fields, paths) => {
      expect((await plan(MADE, fields)).requires_replace).toEqual(paths);
    });

    test("passes unknown values and unknown blocks on", async () => {
      const { planned_state } = await plan(null, { name: REFINED, tags: UNKNOWN, part: UNKNOWN });
      expect(plain(planned_state)).toMatchObject({ name: UNKNOWN, tags: UNKNOWN, part: UNKNOWN });
    });

    test("of the end is nothing", async () => {
      const { planned_state } = await call("PlanResourceChange", {
        type_name,
        prior_state: dynamic(MADE),
        proposed_new_state: NULL,
        config: NULL,
      });
      expect(plain(planned_state)).toBeNull();
    });
  });

  describe("an apply", () => {
    beforeEach(() => configure());
    const planned = { ...MADE, fragile: UNKNOWN, serial: UNKNOWN, revision: UNKNOWN };

    test("makes, changes and removes, and gives Terraform back its private bytes", async () => {
      const planned_private = Buffer.from("kept");
      const made = await apply(null, planned, { planned_private });
      expect(plain(made.new_state)).toEqual(MADE);
      expect(made.private).toEqual(planned_private);
      const changed = await apply(MADE, { ...planned, size: 0.5 });
      expect(plain(changed.new_state)).toMatchObject({ size: "0.5", revision: 2 });
      const removed = await apply(MADE, null);
      expect([plain(removed.new_state), removed.diagnostics]).toEqual([null, undefined]);
    });

    test.each([
      ["made nothing", "fail", null, "did not work"],
      ["made something", "half", { ...MADE, note: "half" }, "came half-way"],
      ["has a bug", "bug", null, "internal error of the provider"],
    ])("that failed and %s says so", async (_, note, state, summary) => {
      const { new_state, diagnostics } = await apply(null, { ...planned, note });
      expect(plain(new_state)).toEqual(state);
      expect(diagnostics).toEqual([expect.objectContaining({ severity: 1, summary })]);
    });

    test("that failed to change or remove leaves what was", async () => {
      expect(plain((await apply(MADE, { ...planned, note: "fail" })).new_state)).toEqual(MADE);
      const stuck = { ...MADE, note: "stuck" };
      const { new_state, diagnostics } = await apply(stuck, null);
      expect([plain(new_state), diagnostics!.length]).toEqual([stuck, 1]);
    });

    test("takes and gives values of many megabytes", async () => {
      const note = "ü".repeat(10_000_000);
      expect(plain((await apply(null, { ...planned, note })).new_state)).toEqual({ ...MADE, note });
      const { new_state } = await call("ReadResource", { type_name, current_state: dynamic({ ...MADE, note }) });
      expect((plain(new_state) as typeof MADE).note).toBe(note);
    });
  });

  describe("a read", () => {
    test("tells what is there, with the private bytes, and null where it is gone", async () => {
      await configure();
      await apply(null, MADE);
      const request = { type_name, current_state: dynamic({ ...MADE, size: 9 }), private: Buffer.from("kept") };
      const there = await call("ReadResource", request);
      expect([plain(there.new_state), there.private]).toEqual([MADE, request.private]);
      const gone = await call("ReadResource", { type_name, current_state: dynamic({ ...MADE, name: "vase" }) });
      expect([plain(gone.new_state), gone.diagnostics]).toEqual([null, undefined]);
    });

    test("of a state in JSON drops what the schema has no more, adds what is new, and rounds nothing", async () => {
      const json = '{"name":"12 \\"34\\" 5","size":9007199254740991,"tags":["1"],"old":[1.5e3,{"a":-2}],"fragile":true}';
      const { upgraded_state } = await call("UpgradeResourceState", { type_name, version: 0, raw_state: { json: Buffer.from(json) } });
      expect(plain(upgraded_state)).toEqual({
        ...THING,
        name: '12 "34" 5',
        size: Number.MAX_SAFE_INTEGER,
        tags: ["1"],
        fragile: true,
        part: [],
        case: [],
      });
      const large = await call("UpgradeResourceState", {
        type_name,
        raw_state: { json: Buffer.from('{"name":"a","size":9007199254740993}') },
      });
      expect(large.diagnostics).toEqual([expect.objectContaining({ summary: expect.stringContaining("can't be kept exactly") })]);
    });

    test.each([
      ["of a value that a read tells again", '{"name":"a","revision":true}', 2, "the state's revision is left out: not a number: revision"],
      ["of a value that the user gives", '{"name":"a","note":[1]}', 2, "the state's note is left out: not a string: note"],
      ["of a name that is null", '{"name":null}', 1, "the state can't be used: it has no name"],
      ["without a name", '{"size":1}', 1, "the state can't be used: it has no name"],
      ["with another type of name", '{"name":{}}', 1, "the state can't be used: not a string: name"],
      ["that is no object", "[]", 1, "the state can't be used: not an object: the whole value"],
      ["that ends too soon", '{"name":"a', 1, "the state can't be used: "],
    ])("of a spoiled state, %s", async (_, json, severity, summary) => {
      const { diagnostics } = await call("UpgradeResourceState", { type_name, raw_state: { json: Buffer.from(json) } });
      expect(diagnostics).toEqual([expect.objectContaining({ severity, summary: expect.stringContaining(summary) })]);
    });

    test("of a state in JSON takes texts of many megabytes, with quotes and backslashes", async () => {
      for (const note of ["ü".repeat(10_000_000), '\\"'.repeat(2_000_000), "\\".repeat(5_000_001)]) {
        const json = Buffer.from(JSON.stringify({ name: "1", note, size: 12 }));
        const { upgraded_state, diagnostics } = await call("UpgradeResourceState", { type_name, raw_state: { json } });
        expect(diagnostics).toBeUndefined();
        expect(plain(upgraded_state)).toMatchObject({ name: "1", note, size: 12 });
      }
    });

    test("of what is not there any more in the state says how to get out, and touches nothing", async () => {
      await configure();
      const { diagnostics } = await call("ReadResource", { type_name, current_state: dynamic({ ...MADE, name: null }) });
      expect(diagnostics).toEqual([
        expect.objectContaining({
          summary: "the state can't be used: it has no name",
          detail: expect.stringContaining("terraform state rm"),
        }),
      ]);
    });

    test("of data gives all of it", async () => {
      await configure();
      await apply(null, { ...MADE, tags: ["b"] });
      const { state } = await call("ReadDataSource", { type_name: "shelf_things", config: dynamic({ tag: "b", things: null }) });
      expect(plain(state)).toEqual({ tag: "b", things: [{ name: "lamp", size: 1, tags: ["b"] }] });
    });

    test("for an import finds what is there, by its name", async () => {
      await configure();
      await apply(null, MADE);
      const { imported_resources } = await call("ImportResourceState", { type_name, id: "lamp" });
      expect(imported_resources!.map(({ state, ...rest }) => [rest, plain(state)])).toEqual([[{ type_name }, MADE]]);
      expect(await call("ImportResourceState", { type_name, id: "vase" })).toMatchObject({
        diagnostics: [{ summary: "there is no vase on the shelf" }],
      });
    });
  });

  describe("where the provider's configuration is not known yet", () => {
    beforeEach(() => configure({ shelf: UNKNOWN, secret: null }));
    const client_capabilities = { deferral_allowed: true };
    const deferred = { reason: 2 };

    test("a state stays as it is", async () => {
      const { new_state } = await call("ReadResource", { type_name, current_state: dynamic(MADE) });
      expect(plain(new_state)).toEqual(MADE);
    });

    test("a plan is what the schema says", async () => {
      const { planned_state, diagnostics } = await plan(null, { name: "reserved" });
      expect([plain(planned_state), diagnostics]).toEqual([
        { ...THING, name: "reserved", size: 1, fragile: UNKNOWN, serial: UNKNOWN, revision: UNKNOWN },
        undefined,
      ]);
    });

    test("what has to be looked up is an error", async () => {
      const diagnostics = [expect.objectContaining({ summary: "the provider's configuration is not known yet" })];
      expect(await call("ReadDataSource", { type_name: "shelf_things", config: dynamic({ tag: null, things: null }) })).toEqual({
        diagnostics,
      });
      expect(await call("ImportResourceState", { type_name, id: "lamp" })).toEqual({ diagnostics });
      expect(await apply(null, MADE)).toMatchObject({ diagnostics });
    });

    test("it is put off instead where Terraform can do that", async () => {
      const config = dynamic({ tag: null, things: null });
      expect(await call("ReadDataSource", { type_name: "shelf_things", config, client_capabilities })).toEqual({ deferred });
      expect(await call("ImportResourceState", { type_name, id: "lamp", client_capabilities })).toEqual({ deferred });
      expect(await call("ReadResource", { type_name, current_state: dynamic(MADE), client_capabilities })).toMatchObject({ deferred });
      expect(await plan(null, {}, { client_capabilities })).toMatchObject({ deferred });
    });
  });
});

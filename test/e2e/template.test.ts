import { configure } from "../../lib/provider/configuration";
import { Client } from "../../lib/provider/client";
import { OperationError, Planned, State, UNKNOWN } from "../../lib/provider/plugin";
import { template } from "../../lib/provider/template";
import { TEMPLATE } from "../../lib/schema";
import { describeWhere, Fault, startVCenter, VCenter } from "./rig";

type TemplateState = State<typeof TEMPLATE>;

const A100 = "10de:20f1";
const PLAIN = "42110000-0000-4000-8000-000000000001";
const CARRIES = "42110000-0000-4000-8000-000000000002";
const MODERN = "42110000-0000-4000-8000-000000000003";
const DEVICES = [
  { allowed: [A100, "0x10de:0x2330"], label: "Training" },
  { allowed: [A100], label: null },
];

describeWhere(["go"], "a template against the simulated vCenter", () => {
  let vcenter: VCenter;
  let client: Client;

  beforeAll(async () => {
    const device = { address: "0000:af:00.0", id: A100, label: "Training" };
    vcenter = await startVCenter({
      clusters: [
        {
          name: "gpu",
          hosts: [{ name: "esx-01.lab", esxi: "8.0.2", cpu_mhz: 100_000, memory_mb: 262_144, devices: [device] }],
          templates: [
            { name: "plain", uuid: PLAIN, hardware_version: 15 },
            { name: "carries", uuid: CARRIES, devices: [{ allowed: [A100] }] },
            { name: "modern", uuid: MODERN, hardware_version: 20 },
          ],
        },
      ],
    });
    process.env["SSL_CERT_FILE"] = vcenter.ready.caFile;
    client = configure(
      {
        vsphere_server: new URL(vcenter.ready.url).host,
        user: vcenter.ready.user,
        password: vcenter.ready.password,
        allow_unverified_ssl: null,
        api_timeout: null,
        vim_keep_alive: null,
      },
      {},
    );
  });
  afterEach(() => vcenter.setFaults([]));
  afterAll(async () => {
    delete process.env["SSL_CERT_FILE"];
    await client.close();
    await vcenter.stop();
  });

  const call = (signal: AbortSignal = new AbortController().signal) => ({ client, signal, log: () => undefined });
  const planned = (given: Partial<Planned<typeof TEMPLATE>>): Planned<typeof TEMPLATE> => ({
    source_template_uuid: PLAIN,
    name: "copy",
    hardware_version: null,
    linked_clone: null,
    datastore_id: null,
    folder: null,
    uuid: UNKNOWN,
    device: DEVICES,
    ...given,
  });
  const create = async (given: Partial<Planned<typeof TEMPLATE>> = {}, signal?: AbortSignal) =>
    (await template.create(planned(given), call(signal))).state;
  const remove = async (state: TemplateState): Promise<void> => void (await template.delete(state, call()));
  const failureOf = async (promise: Promise<unknown>): Promise<OperationError<TemplateState>> => {
    const error = await promise.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(OperationError);
    return error as OperationError<TemplateState>;
  };
  const wordsOf = ({ diagnostics }: OperationError): string => diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n");
  /** As an independent client sees it. */
  const govc = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await vcenter.govc(...args);
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const machines = async (): Promise<readonly string[]> => (await govc("find", "/dc-1/vm", "-type", "m")).split("\n").sort();
  const UNTOUCHED = ["/dc-1/vm/carries", "/dc-1/vm/modern", "/dc-1/vm/plain"];

  it("is a copy that carries the devices, at hardware that has them, and goes as it came", async () => {
    const state = await create();
    expect(state).toMatchObject({ name: "copy", uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, device: DEVICES });
    expect(await govc("object.collect", "-s", "vm/copy", "config.template", "config.version", "config.uuid")).toBe(
      `true\nvmx-17\n${state.uuid}`,
    );
    const devices = JSON.parse(await govc("object.collect", "-json", "vm/copy", "config.hardware.device")) as [
      { val: { _value: { backing?: unknown }[] } },
    ];
    const backings = devices[0].val._value
      .map(({ backing }) => backing)
      .filter((backing) => JSON.stringify(backing ?? "").includes("allowedDevice"));
    expect(backings).toMatchObject([
      {
        customLabel: "Training",
        allowedDevice: [
          { vendorId: 0x10de, deviceId: 0x20f1 },
          { vendorId: 0x10de, deviceId: 0x2330 },
        ],
      },
      { allowedDevice: [{ vendorId: 0x10de, deviceId: 0x20f1 }] },
    ]);
    expect((await template.read(state, call()))?.state).toEqual(state);
    await remove(state);
    expect(await machines()).toEqual(UNTOUCHED);
    expect(await template.read(state, call())).toBeUndefined();
    // It is gone already: nothing is left to do.
    await remove(state);
  });

  it.each([
    ["raised to what is asked", { hardware_version: 19 }, "vmx-19"],
    ["kept where the source is newer", { source_template_uuid: MODERN, hardware_version: 19 }, "vmx-20"],
  ])("has its virtual hardware %s", async (_, given, version) => {
    const state = await create(given);
    expect(await govc("object.collect", "-s", "vm/copy", "config.version")).toBe(version);
    await remove(state);
  });

  it("goes into the folder and onto the datastore that are asked for", async () => {
    await govc("folder.create", "/dc-1/vm/templates", "/dc-1/vm/templates/gpu");
    const state = await create({ folder: "templates/gpu", datastore_id: vcenter.ready.datastore.id });
    expect(await machines()).toContain("/dc-1/vm/templates/gpu/copy");
    await remove(state);
    await govc("object.destroy", "/dc-1/vm/templates");
  });

  it("is cloned from the source's newest snapshot where it has one, which stays", async () => {
    await govc("vm.markasvm", "-pool", "/dc-1/host/gpu/Resources", "modern");
    await govc("snapshot.create", "-vm", "modern", "base");
    await govc("vm.markastemplate", "modern");
    const { state, diagnostics } = await template.create(planned({ source_template_uuid: MODERN, linked_clone: true }), call());
    expect(diagnostics).toEqual([]);
    expect(await govc("object.collect", "-s", "vm/copy", "config.template")).toBe("true");
    await remove(state);
    // The source is as it was.
    expect(await govc("snapshot.tree", "-vm", "modern")).toMatch(/^base\b/);
  });

  it("says so where it can't share disks", async () => {
    const { state, diagnostics } = await template.create(planned({ linked_clone: true }), call());
    expect(diagnostics).toEqual([expect.objectContaining({ severity: "warning", summary: "template copy is a full copy" })]);
    await remove(state);
  });

  it.each([
    [{ source_template_uuid: CARRIES }, /template carries carries PCI devices already: It carries 10de:20f1/],
    [
      { source_template_uuid: "42110000-0000-4000-8000-00000000ffff" },
      /there is no template with uuid 42110000-0000-4000-8000-00000000ffff/,
    ],
    [{ name: "modern" }, /there is a modern already/],
    [{ folder: "no/such" }, /there is no VM folder no\/such/],
    [{ datastore_id: "datastore-999" }, /there is no Datastore datastore-999/],
  ])("is refused, and nothing made: %j", async (given, words) => {
    expect(wordsOf(await failureOf(create(given)))).toMatch(words);
    expect(await machines()).toEqual(UNTOUCHED);
  });

  it.each<[string, Fault]>([
    ["the clone is refused", { method: "CloneVM_Task", kind: "fault", message: "no space" }],
    ["the answer to the clone is lost", { method: "CloneVM_Task", kind: "drop", after: true }],
    ["the hardware can't be raised", { method: "UpgradeVM_Task", kind: "fault", message: "no" }],
    ["the devices can't be added", { method: "ReconfigVM_Task", kind: "fault", message: "no" }],
    ["the answer to the devices is lost", { method: "ReconfigVM_Task", kind: "drop", after: true }],
    ["it can't be made a template", { method: "MarkAsTemplate", kind: "fault", message: "no" }],
    ["the last answer is lost", { method: "MarkAsTemplate", kind: "drop", after: true }],
  ])("leaves nothing behind where %s", async (_, fault) => {
    await vcenter.setFaults([fault]);
    const error = await failureOf(create());
    expect(wordsOf(error)).toContain("template copy was not made");
    expect(error.reached).toBeUndefined();
    expect(await machines()).toEqual(UNTOUCHED);
  });

  it("is kept in the state where it could not be removed, and removed by the next destroy", async () => {
    await vcenter.setFaults([
      { method: "ReconfigVM_Task", kind: "fault", message: "no" },
      { method: "Destroy_Task", kind: "fault", message: "not now" },
    ]);
    const { reached } = await failureOf(create());
    expect(await machines()).toContain("/dc-1/vm/copy");
    if (!reached) throw new Error("no state");
    await remove(reached);
    expect(await machines()).toEqual(UNTOUCHED);
  });

  it.each(["CloneVM_Task", "UpgradeVM_Task", "ReconfigVM_Task", "MarkAsTemplate"])(
    "leaves nothing behind when it is interrupted at %s",
    async (method) => {
      await vcenter.setFaults([{ method, kind: "delay", delayMs: 1500 }]);
      const user = new AbortController();
      const making = failureOf(create({}, user.signal));
      setTimeout(() => user.abort(new Error("stopped")), 700);
      expect(wordsOf(await making)).toContain("It was interrupted.");
      expect(await machines()).toEqual(UNTOUCHED);
    },
  );

  it("is not what somebody else made, even with its uuid or its mark", async () => {
    const state = await create();
    expect(wordsOf(await failureOf(remove({ ...state, uuid: CARRIES })))).toContain("carries was not made by this provider");
    await govc("vm.clone", "-vm", "copy", "-on=false", "-pool", "/dc-1/host/gpu/Resources", "users");
    const users = await govc("object.collect", "-s", "vm/users", "config.uuid");
    expect(wordsOf(await failureOf(remove({ ...state, uuid: users })))).toContain("users was not made by this provider");
    await govc("vm.destroy", "users");
    await remove(state);
    expect(await machines()).toEqual(UNTOUCHED);
  });

  it("tells drift", async () => {
    const state = await create();
    await govc("vm.markasvm", "-pool", "/dc-1/host/gpu/Resources", "copy");
    const found = await template.read(state, call());
    expect(found?.diagnostics).toEqual([expect.objectContaining({ summary: "copy is not a template any more" })]);
    const device =
      (await govc("device.ls", "-vm", "copy"))
        .split("\n")
        .find((line) => /passthrough/i.test(line))
        ?.split(/\s/)[0] ?? "";
    await govc("device.remove", "-vm", "copy", device);
    expect((await template.read(state, call()))?.state.device).toHaveLength(1);
    await remove(state);
  });
});

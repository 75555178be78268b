import { spawnSync } from "node:child_process";
import { hostDevice } from "../../lib/provider/host-device";
import { Client } from "../../lib/provider/client";
import { Call, OperationError, State, UNKNOWN } from "../../lib/provider/plugin";
import { HOST_DEVICE } from "../../lib/schema";
import { HANG_UP, soapFault } from "../vsphere/fake-vcenter";
import { FakeDevice, FakeHost } from "./fake-host";

type DeviceState = State<typeof HOST_DEVICE>;
type Given = Partial<Pick<DeviceState, "pci_id" | "enabled" | "hardware_label" | "apply_now">>;

const A = "0000:af:00.0";

let host: FakeHost;
afterEach(() => host.stop());

async function start(devices: Readonly<Record<string, Partial<FakeDevice>>>): Promise<FakeHost> {
  host = await FakeHost.start(devices);
  return host;
}

function call(client: Client, signal: AbortSignal = new AbortController().signal): Call<Client> {
  return { client, signal, log: () => undefined };
}

function planned(given: Given) {
  const computed = {
    active: UNKNOWN,
    reboot_pending: UNKNOWN,
    vendor_id: UNKNOWN,
    device_id: UNKNOWN,
    name: UNKNOWN,
    vm: UNKNOWN,
  } as const;
  const found = { found_enabled: UNKNOWN, found_label: UNKNOWN } as const;
  return {
    host_system_id: "host-21",
    pci_id: A,
    enabled: null,
    hardware_label: null,
    apply_now: null,
    ...computed,
    ...found,
    ...given,
  } as const;
}

async function create(given: Given, client = host.client(), signal?: AbortSignal): Promise<DeviceState> {
  return (await hostDevice.create(planned(given), call(client, signal))).state;
}

async function failureOf(promise: Promise<unknown>): Promise<OperationError<DeviceState>> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(OperationError);
  return error as OperationError<DeviceState>;
}

const wordsOf = ({ diagnostics }: OperationError): string => diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n");

describe("a device that is taken over", () => {
  it.each<[string, Partial<FakeDevice>, Given, unknown]>([
    ["is left alone where nothing is asked", { enabled: true, label: "Old" }, {}, []],
    ["is left alone where it is as wanted", { enabled: true, active: true, label: "T" }, { enabled: true, hardware_label: "T" }, []],
    ["is switched on", {}, { enabled: true }, [{ address: A, enabled: true, label: undefined, applyNow: undefined }]],
    [
      "keeps its label when it is switched on",
      { label: "Old" },
      { enabled: true },
      [{ address: A, enabled: true, label: "Old", applyNow: undefined }],
    ],
    [
      "stays on when it is labelled",
      { enabled: true },
      { hardware_label: "T" },
      [{ address: A, enabled: true, label: "T", applyNow: undefined }],
    ],
    [
      "loses its label for the empty one",
      { enabled: true, label: "Old" },
      { hardware_label: "" },
      [{ address: A, enabled: true, label: "", applyNow: undefined }],
    ],
    [
      "waits for a reboot if wanted",
      {},
      { enabled: true, apply_now: false },
      [{ address: A, enabled: true, label: undefined, applyNow: false }],
    ],
    [
      "is asked again to be rebound",
      { enabled: true },
      { enabled: true, apply_now: true },
      [{ address: A, enabled: true, label: undefined, applyNow: true }],
    ],
  ])("%s", async (_, device, given, sent) => {
    await start({ [A]: device });
    await create(given);
    expect(host.sent.flat()).toEqual(sent);
  });

  it("is told as it is, with what was found", async () => {
    await start({ [A]: { enabled: false, label: "Old" } });
    expect(await create({ enabled: true, hardware_label: "Training", pci_id: "0000:AF:00.0" })).toEqual({
      host_system_id: "host-21",
      pci_id: "0000:AF:00.0",
      enabled: true,
      hardware_label: "Training",
      apply_now: null,
      active: true,
      reboot_pending: false,
      vendor_id: "8086",
      device_id: "56c0",
      name: "Flex",
      vm: "",
      found_enabled: false,
      found_label: "Old",
    });
  });

  it("warns where its host has to be rebooted", async () => {
    await start({ [A]: {} });
    const { state, diagnostics } = await hostDevice.create(planned({ enabled: true, apply_now: false }), call(host.client()));
    expect([state.active, state.reboot_pending]).toEqual([false, true]);
    expect(diagnostics).toEqual([expect.objectContaining({ severity: "warning", summary: `esx-01 has to be rebooted for ${A}` })]);
  });
});

describe("what is refused, with nothing changed", () => {
  it.each<[string, Partial<FakeDevice>, Given, RegExp]>([
    [
      "a device of a running VM",
      { enabled: true, active: true, holder: "train-1" },
      { enabled: false },
      /held by VM train-1: .*power train-1 off first/,
    ],
    [
      "a device that can't be passed through",
      { capable: false },
      { enabled: true },
      /can't be passed through: esx-01 says that its device/,
    ],
    [
      "a device that is not there",
      {},
      { pci_id: "0000:00:1f.0" },
      /esx-01 has no PCI device 0000:00:1f\.0; it can pass through 0000:af:00\.0/,
    ],
  ])("%s", async (_, device, given, words) => {
    await start({ [A]: device });
    const error = await failureOf(create(given));
    expect(wordsOf(error)).toMatch(words);
    expect(error.reached).toBeUndefined();
    expect(host.sent).toEqual([]);
  });

  it("a second owner in one apply", async () => {
    await start({ [A]: {} });
    const client = host.client();
    const [first, second] = await Promise.allSettled([
      create({ hardware_label: "A" }, client),
      create({ hardware_label: "B", pci_id: "AF:00.0" }, client),
    ]);
    expect(first.status).toBe("fulfilled");
    expect(wordsOf((second as PromiseRejectedResult).reason as OperationError)).toMatch(/is managed by two resources/);
    expect(host.device(A).label).toBe("A");
  });

  it("an owner in another process of the same apply, which may be done already", async () => {
    await start({ [A]: {} });
    const state = await create({ hardware_label: "A" }, host.client(spawnSync("true").pid));
    expect(wordsOf(await failureOf(create({ hardware_label: "B" })))).toMatch(
      /is managed by another provider block or another terraform, too/,
    );
    expect(host.device(A).label).toBe("A");
    expect(await hostDevice.delete(state, call(host.client()))).toEqual([]);
    expect(await create({ hardware_label: "B" })).toMatchObject({ hardware_label: "B" });
  });

  it("is none of it where a running VM keeps the device", async () => {
    await start({ [A]: { enabled: true, active: true, holder: "train-1" } });
    expect(await create({ hardware_label: "New" })).toMatchObject({ hardware_label: "New", vm: "train-1" });
  });
});

describe("a destroy", () => {
  it.each<[string, Given, Partial<FakeDevice>]>([
    ["restores both", { enabled: true, hardware_label: "T" }, { enabled: false, label: "Old" }],
    ["leaves a label that it did not manage", { enabled: true }, { enabled: false, label: "Changed" }],
    ["leaves passthrough that it did not manage", { hardware_label: "T" }, { enabled: true, label: "Old" }],
  ])("%s", async (_, given, left) => {
    await start({ [A]: { label: "Old" } });
    const state = await create(given);
    Object.assign(host.device(A), { enabled: true, label: "Changed" });
    await hostDevice.delete(state, call(host.client()));
    expect(host.device(A)).toMatchObject(left);
  });

  it("never takes a device from a running VM", async () => {
    await start({ [A]: {} });
    const state = await create({ enabled: true });
    host.devices.set(A, { ...host.device(A), holder: "train-1" });
    expect(wordsOf(await failureOf(Promise.resolve(hostDevice.delete(state, call(host.client())))))).toContain("is held by VM train-1");
    expect(host.device(A).enabled).toBe(true);
  });

  it("leaves to another resource what that one has taken over in the same apply", async () => {
    await start({ [A]: {} });
    const state = await create({ enabled: true });
    const client = host.client();
    await create({ enabled: true, hardware_label: "New" }, client);
    expect(await hostDevice.delete(state, call(client))).toEqual([
      expect.objectContaining({ severity: "warning", summary: expect.stringContaining("was not restored") as string }),
    ]);
    expect(host.device(A)).toMatchObject({ enabled: true, label: "New" });
  });

  it("is done where the device or the host is gone", async () => {
    await start({ [A]: {} });
    const state = await create({ enabled: true });
    host.devices.clear();
    expect(await hostDevice.delete(state, call(host.client()))).toEqual([]);
  });
});

describe("changes of one host", () => {
  const many = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`0000:${index + 10}:00.0`, {}]));
  const all = Object.keys(many);

  it("are made one call after another, together where they wait", async () => {
    await start(many);
    const client = host.client();
    await Promise.all(all.map((pci_id) => create({ pci_id, enabled: true }, client)));
    expect(host.atOnce).toBe(1);
    expect(host.sent.length).toBeLessThanOrEqual(3);
    expect(host.sent.flat().map(({ address }) => address)).toEqual(all);
  });

  it("that are refused together are tried alone, so that the error meets the one at fault", async () => {
    await start(many);
    const bad = all[5] ?? "";
    host.instead = (sent, apply) => {
      if (sent.some(({ address }) => address === bad)) return soapFault("HostConfigFault", `device ${bad} is busy`);
      apply();
      return "";
    };
    const client = host.client();
    const results = await Promise.allSettled(all.map((pci_id) => create({ pci_id, enabled: true }, client)));
    expect(results.map(({ status }) => status === "fulfilled")).toEqual(all.map((address) => address !== bad));
    expect(all.filter((address) => host.device(address).enabled)).toEqual(all.filter((address) => address !== bad));
    const { reason } = results[5] as PromiseRejectedResult;
    expect(wordsOf(reason as OperationError)).toContain(
      `vCenter refused UpdatePassthruConfig on HostPciPassthruSystem pciPassthruSystem-1: device ${bad} is busy`,
    );
  });
});

describe("trouble in the middle of a change", () => {
  it("that lost only the answer is none", async () => {
    await start({ [A]: {} });
    host.instead = (_sent, apply) => {
      apply();
      host.instead = undefined;
      return HANG_UP;
    };
    expect(await create({ enabled: true })).toMatchObject({ enabled: true, found_enabled: false });
  });

  it("that changed nothing leaves nothing to keep", async () => {
    await start({ [A]: {} });
    host.instead = () => soapFault("HostConfigFault", "busy");
    expect((await failureOf(create({ enabled: true }))).reached).toBeUndefined();
  });

  it("that changed half is told as it is", async () => {
    await start({ [A]: { label: "Old" } });
    host.instead = () => {
      host.device(A).enabled = true;
      return soapFault("HostConfigFault", "no labels here");
    };
    const { reached } = await failureOf(create({ enabled: true, hardware_label: "T" }));
    expect(reached).toMatchObject({ enabled: true, hardware_label: "Old", found_enabled: false, found_label: "Old" });
  });

  it("that an update meets leaves what is there", async () => {
    await start({ [A]: {} });
    const state = await create({ enabled: true, hardware_label: "A" });
    host.instead = () => soapFault("HostConfigFault", "busy");
    const next = { ...state, hardware_label: "B" };
    expect((await failureOf(hostDevice.update(state, next, call(host.client())))).reached).toEqual(state);
  });

  it("is a host that says yes and does not", async () => {
    await start({ [A]: { label: "Old" } });
    host.instead = () => "";
    expect(wordsOf(await failureOf(create({ hardware_label: "T" })))).toContain(
      'The host accepted the change and did not make it. It is off and labelled "Old".',
    );
  });

  it("is not that a host keeps a label in another Unicode form", async () => {
    await start({ [A]: {} });
    host.instead = ([sent], apply) => {
      apply();
      host.device(A).label = sent!.label!.normalize("NFD");
      return "";
    };
    expect((await create({ hardware_label: "caf\u00e9" })).hardware_label?.normalize()).toBe("caf\u00e9");
  });

  it("is not that a host tells its new state a little later", async () => {
    await start({ [A]: {} });
    host.instead = (_sent, apply) => {
      setTimeout(apply, 200);
      return "";
    };
    expect(await create({ enabled: true })).toMatchObject({ enabled: true, active: true });
  });
});

describe("an interruption", () => {
  it("before a change leaves everything as it is", async () => {
    await start({ [A]: {}, "0000:b0:00.0": {} });
    const user = new AbortController();
    const client = host.client();
    host.instead = (_sent, apply) => {
      user.abort(new Error("stopped"));
      apply();
      return "";
    };
    const [first, second] = await Promise.allSettled([
      create({ enabled: true }, client, user.signal),
      // Comes while the first is being made, and has to wait.
      new Promise((resolve) => setTimeout(resolve, 5)).then(() => create({ enabled: true, pci_id: "0000:b0:00.0" }, client, user.signal)),
    ]);
    // What was begun is brought to its end, so that the state is true.
    expect(first).toMatchObject({ status: "fulfilled", value: { enabled: true, active: true } });
    expect(wordsOf((second as PromiseRejectedResult).reason as OperationError)).toContain("It was interrupted.");
    expect(host.device("0000:b0:00.0").enabled).toBe(false);
  });
});

describe("a look at it", () => {
  it("tells drift in what is managed, and not in what is left open", async () => {
    await start({ [A]: {} });
    const state = await create({ enabled: true });
    Object.assign(host.device(A), { enabled: false, label: "Other" });
    const found = await hostDevice.read(state, call(host.client()));
    expect(found?.state).toMatchObject({ enabled: false, active: true, reboot_pending: true, hardware_label: null });
  });

  it("finds nothing where the device is gone", async () => {
    await start({ [A]: {} });
    const state = await create({ enabled: true });
    host.devices.clear();
    expect(await hostDevice.read(state, call(host.client()))).toBeUndefined();
  });
});

describe("an import", () => {
  it("takes what is there, by host and address", async () => {
    await start({ [A]: { enabled: true, active: true, label: "T" } });
    const found = await hostDevice.import?.("host-21/0000:af:00.0", call(host.client()));
    expect(found).toMatchObject({
      pci_id: A,
      enabled: true,
      hardware_label: "T",
      found_enabled: true,
      found_label: "T",
      vendor_id: "8086",
    });
  });

  it.each(["", "host-21", "host-21/", "/0000:af:00.0", "host-21/af", "a/b/0000:af:00.0"])("says how a device is named: %j", async (id) => {
    await start({});
    expect(wordsOf(await failureOf(Promise.resolve(hostDevice.import?.(id, call(host.client())))))).toContain("host-21/0000:af:00.0");
  });
});

describe("a configuration", () => {
  const config = {
    ...planned({}),
    active: null,
    reboot_pending: null,
    vendor_id: null,
    device_id: null,
    name: null,
    vm: null,
    found_enabled: null,
    found_label: null,
  };
  beforeEach(() => start({ [A]: {}, "0000:00:1f.0": { capable: false } }));

  it.each<[object, RegExp | undefined]>([
    [{}, undefined],
    [{ pci_id: UNKNOWN, host_system_id: UNKNOWN, hardware_label: UNKNOWN }, undefined],
    [{ pci_id: "af" }, /"af" is no PCI address/],
    [{ pci_id: "0000:af:20.0" }, /is no PCI address/],
    [{ host_system_id: "" }, /host_system_id is empty/],
    [{ hardware_label: " Training" }, /begins or ends with white space/],
    [{ hardware_label: "" }, undefined],
  ])("is checked: %j", (given, words) => {
    const found = (hostDevice.validate?.({ ...config, ...given }) ?? []).map(({ summary }) => summary).join();
    if (words) expect(found).toMatch(words);
    else expect(found).toBe("");
  });

  it.each<[object, RegExp | undefined]>([
    [{ enabled: true }, undefined],
    [{ host_system_id: UNKNOWN, pci_id: "0000:01:00.0" }, undefined],
    [{ pci_id: "0000:01:00.0" }, /has no PCI device/],
    [{ pci_id: "0000:00:1f.0", enabled: true }, /can't be passed through/],
    [{ pci_id: "0000:00:1f.0", enabled: false }, undefined],
  ])("is held to its host before it is applied: %j", async (given, words) => {
    const change = { prior: undefined, config: { ...config, ...given }, planned: { ...config, ...given } };
    const plan = Promise.resolve(hostDevice.plan?.(change, call(host.client())));
    if (words) expect(wordsOf(await failureOf(plan))).toMatch(words);
    else expect(await plan).toEqual({});
  });
});

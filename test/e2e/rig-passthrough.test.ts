import { connect, PciPassthroughConfig, readPciHost, Session, updatePciPassthrough } from "../../lib/vsphere";
import { describeWhere, readInventory, startVCenter, VCenter } from "./rig";

const A100 = "10de:20f1";
const FIRST = "0000:3b:00.0";
const SECOND = "0000:af:00.0";

interface SeenHost {
  readonly name: string;
  readonly devices: readonly { readonly label?: string; readonly passthrough: string }[];
}

const host = (name: string, rebind: boolean, passthrough: "active" | "disabled") => ({
  name,
  esxi: "8.0.2",
  cpu_mhz: 100_000,
  memory_mb: 262_144,
  rebind_without_reboot: rebind,
  devices: [
    { address: FIRST, id: A100, label: "Training", passthrough },
    { address: SECOND, id: A100, passthrough },
  ],
});

describeWhere(["go"], "the passthrough of a simulated host", () => {
  const signal = new AbortController().signal;
  let vcenter: VCenter;
  let session: Session;

  beforeEach(async () => {
    const memory = { memory_mb: 1024, memory_reservation_mb: 1024 };
    const running = { name: "runs", host: "holds", ...memory, requests: [{ allowed: [A100] }], devices: [FIRST] };
    const hosts = [host("rebinds", true, "disabled"), host("reboots", false, "disabled"), host("holds", true, "active")];
    vcenter = await startVCenter({ clusters: [{ name: "gpu", hosts, vms: [running] }] });
    const { url, user, password } = vcenter.ready;
    session = connect({ server: new URL(url).host, allowUnverifiedSsl: true, timeout: 10_000, user, password, keepAlive: 0 });
  });
  afterEach(async () => {
    await session.close();
    await vcenter.stop();
  });

  const idOf = (name: string) => vcenter.ready.hosts.find((one) => one.name === name)?.id ?? "";
  const update = (name: string, ...configs: readonly Partial<PciPassthroughConfig>[]) =>
    updatePciPassthrough(
      session,
      idOf(name),
      configs.map((config) => ({ address: FIRST, enabled: true, label: undefined, applyNow: undefined, ...config })),
      signal,
    );
  /** As govc sees it: label and state of the first device, then of the second. */
  const seen = async (name: string) => {
    const [{ hosts }] = (await readInventory(vcenter)).clusters as [{ hosts: SeenHost[] }];
    return hosts.find((one) => one.name === name)?.devices.map(({ label = "", passthrough }) => `${label} ${passthrough}`.trim());
  };

  test.each([
    ["rebinds", {}, "Training active"],
    ["rebinds", { applyNow: false }, "Training pending-reboot"],
    ["reboots", {}, "Training pending-reboot"],
    ["reboots", { applyNow: true }, "Training pending-reboot"],
    ["rebinds", { label: "Inference" }, "Inference active"],
    ["rebinds", { label: "" }, "active"],
    ["rebinds", { label: "x", enabled: false }, "x disabled"],
  ])("of the one that %s, changed by %j, is then %j", async (name, config, after) => {
    await update(name, config);
    expect(await seen(name)).toEqual([after, "disabled"]);
  });

  test("is not taken from a powered-on VM, nor is anything else changed then", async () => {
    await expect(update("holds", { address: SECOND, label: "x" }, { enabled: false })).rejects.toThrow("in use");
    expect(await seen("holds")).toEqual(["Training active", "active"]);
    expect((await readPciHost(session, idOf("holds"), signal)).holders).toEqual(new Map([[FIRST, "runs"]]));
    await update("holds", { label: "other" });
    expect(await seen("holds")).toEqual(["other active", "active"]);
    await vcenter.govc("vm.power", "-off", "runs");
    await update("holds", { enabled: false });
    expect(await seen("holds")).toEqual(["other disabled", "active"]);
  });

  test("of a device that the host has not is a fault", async () => {
    await expect(update("rebinds", { address: "0000:00:00.0" })).rejects.toThrow("no PCI device 0000:00:00.0");
  });

  test("can be told to fail at its third change", async () => {
    await vcenter.setFaults([{ method: "UpdatePassthruConfig", skip: 2, kind: "fault", message: "not today" }]);
    await update("rebinds", {});
    await update("rebinds", { address: SECOND });
    await expect(update("reboots", {})).rejects.toThrow("not today");
    expect([await seen("rebinds"), await seen("reboots")]).toEqual([
      ["Training active", "active"],
      ["Training disabled", "disabled"],
    ]);
  });

  test("can be told to answer nothing though the work is done", async () => {
    await vcenter.setFaults([{ method: "UpdatePassthruConfig", kind: "drop", after: true, times: 0 }]);
    await expect(update("rebinds", {})).rejects.toThrow();
    expect(await seen("rebinds")).toEqual(["Training active", "disabled"]);
  });

  test("is told again once a session that expired is renewed", async () => {
    await update("rebinds", {});
    await vcenter.expireSessions();
    await update("rebinds", { address: SECOND });
    expect(await seen("rebinds")).toEqual(["Training active", "active"]);
  });
});

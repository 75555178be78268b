import { DeviceChange, known, ReportDevice, unknown } from "../../lib/model";
import { toReport } from "../../lib/gate";
import * as make from "../rules/builders";

function draw(changes: readonly DeviceChange[], rest: { rebind?: boolean; enabled?: boolean } = {}): readonly ReportDevice[] {
  const devices = [make.device("0000:01:00.0", make.A100, { label: "Old", passthrough: rest.enabled === false ? "disabled" : "active" })];
  const hosts = [make.host("esx-01", { devices, rebindWithoutReboot: rest.rebind === true })];
  const placements = [{ vm: "vm", host: "esx-01", devices: [make.address("0000:01:00.0")], running: true }];
  const report = toReport(
    {
      plan: make.plan({ deviceChanges: changes }),
      inventory: make.inventory(make.cluster({ hosts })),
      judgement: make.judgement(make.clusterJudgement({ placements })),
      findings: [],
    },
    "error",
  );
  return report.clusters[0]!.hosts[0]!.devices;
}

test("a device is drawn with who holds it", () => {
  const [device] = draw([]);
  expect(device).toEqual({ address: "0000:01:00.0", id: "10de:20f1", label: "Old", passthrough: "active", vm: "vm", running: true });
});

test("an address that was made up for one of a counted block is said to be", () => {
  const hosts = [make.host("esx-01", { devices: [make.device("ffff:00:00.0", make.A100, { addressDeclared: false })] })];
  const found = {
    plan: make.plan(),
    inventory: make.inventory(make.cluster({ hosts })),
    judgement: make.judgement(make.clusterJudgement()),
  };
  expect(toReport({ ...found, findings: [] }, "error").clusters[0]!.hosts[0]!.devices[0]!.madeUp).toBe(true);
});

test.each<[string, Partial<DeviceChange>, string | undefined]>([
  ["a new label", { hardwareLabel: known("New") }, "New"],
  ["a removed label", { hardwareLabel: known(undefined) }, undefined],
  ["a label that is left as it is", {}, "Old"],
  ["a label that is not known", { hardwareLabel: unknown("${var.label}") }, "Old"],
  ["a change of another device", { hardwareLabel: known("New"), pciAddress: known(make.address("0000:02:00.0")) }, "Old"],
  ["a change at a host that is not there", { hardwareLabel: known("New"), host: known({ by: "name", name: "esx-99" }) }, "Old"],
  ["a deleted change, which gives back the label that it found", { hardwareLabel: known("Found"), action: "delete" }, "Found"],
])("the picture after the batch: %s", (_, change, label) => {
  expect(draw([make.deviceChange("d", change)])[0]!.label).toBe(label);
});

test.each([
  ["enabling needs a reboot", { enabled: false }, { enabled: known(true) }, "pending-reboot"],
  ["enabling works at once where the host rebinds", { enabled: false, rebind: true }, { enabled: known(true) }, "active"],
  [
    "apply_now = false waits for a reboot",
    { enabled: false, rebind: true },
    { enabled: known(true), applyNow: known(false) },
    "pending-reboot",
  ],
  ["an active device stays active", {}, { enabled: known(true) }, "active"],
  ["disabling", {}, { enabled: known(false) }, "disabled"],
])("passthrough after the batch: %s", (_, before, change, passthrough) => {
  expect(draw([make.deviceChange("d", change)], before)[0]!.passthrough).toBe(passthrough);
});

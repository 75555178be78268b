import { judge } from "./judge";
import { DeviceAtEnd, DeviceChange, known, RunningVm, unknown } from "../../lib/model";
import * as make from "../rules/builders";

interface Before {
  readonly passthrough?: DeviceAtEnd["passthrough"];
  readonly rebind?: boolean;
  readonly vms?: readonly RunningVm[];
}

/** The one device of a cluster, after changes of it. */
function afterwards(changes: readonly DeviceChange[], { passthrough = "active", rebind = false, vms = [] }: Before = {}): DeviceAtEnd {
  const device = make.device("0000:01:00.0", make.A100, { label: "Old", passthrough });
  const hosts = [make.host("esx-01", { devices: [device], rebindWithoutReboot: rebind })];
  const judged = judge(make.plan({ deviceChanges: changes }), make.inventory(make.cluster({ hosts, vms })));
  return judged.clusters[0]!.hosts[0]!.devices[0]!;
}

test.each<[string, Partial<DeviceChange>, string | undefined]>([
  ["a new label", { hardwareLabel: known("New") }, "New"],
  ["a removed label", { hardwareLabel: known(undefined) }, undefined],
  ["a label that is left as it is", {}, "Old"],
  ["a label that is not known", { hardwareLabel: unknown("${var.label}") }, "Old"],
  ["a label that is known where something else is not", { hardwareLabel: known("New"), enabled: unknown("${var.on}") }, "Old"],
  ["a change of another device", { hardwareLabel: known("New"), pciAddress: known(make.address("0000:02:00.0")) }, "Old"],
  ["a change at a host that is not there", { hardwareLabel: known("New"), host: known({ by: "name", name: "esx-99" }) }, "Old"],
  ["a deleted change, which gives back the label that it found", { hardwareLabel: known("Found"), action: "delete" }, "Found"],
])("the label after the batch: %s", (_, change, label) => {
  expect(afterwards([make.deviceChange("d", change)]).label).toBe(label);
});

const held = [make.runningVm("old", { devices: [make.address("0000:01:00.0")], memoryReservationMb: 1024 })];

test.each<[string, Before, Partial<DeviceChange>, string]>([
  ["enabling needs a reboot", { passthrough: "disabled" }, { enabled: known(true) }, "pending-reboot"],
  ["enabling works at once where the host rebinds", { passthrough: "disabled", rebind: true }, { enabled: known(true) }, "active"],
  [
    "apply_now = false waits for a reboot",
    { passthrough: "disabled", rebind: true },
    { enabled: known(true), applyNow: known(false) },
    "pending-reboot",
  ],
  ["a device in vGPU mode is switched like any other", { passthrough: "vgpu", rebind: true }, { enabled: known(true) }, "active"],
  ["and waits for a reboot like any other", { passthrough: "vgpu" }, { enabled: known(true) }, "pending-reboot"],
  ["an active device stays active", {}, { enabled: known(true) }, "active"],
  ["disabling", {}, { enabled: known(false) }, "disabled"],
  ["disabling is refused while a running VM holds the device", { vms: held }, { enabled: known(false) }, "active"],
])("passthrough after the batch: %s", (_, before, change, passthrough) => {
  expect(afterwards([make.deviceChange("d", change)], before).passthrough).toBe(passthrough);
});

test("of two resources that change one device neither is certain: it is drawn as the first leaves it, as capacity counts it", () => {
  const changes = ["New", "Newer"].map((label) => make.deviceChange(label, { hardwareLabel: known(label) }));
  expect(afterwards(changes).label).toBe("New");
});

import { known, unknown } from "../../lib/model";
import { change, configured, planOf, readPlanOf } from "./plans";

const FOUND = { host_system_id: "host-1", pci_id: "0000:af:00.0", found_enabled: false, found_label: "Old", apply_now: null };
const SET = { ...FOUND, enabled: true, hardware_label: "New" };
const device = (actions: string[], before: object | null, after: object | null, rest: object = {}) =>
  change("passthru_host_device.d", actions, before, after, rest);
const at = { host: known({ by: "id", id: "host-1" }), pciAddress: known("0000:af:00.0"), applyNow: known(true) };

describe("what a plan does with a device", () => {
  test.each<[string, object, object[]]>([
    ["sets it", device(["create"], null, SET), [{ ...at, action: "create", enabled: known(true), hardwareLabel: known("New") }]],
    ["changes it", device(["update"], SET, { ...SET, hardware_label: "" }), [{ ...at, action: "update", hardwareLabel: known(undefined) }]],
    ["nothing", device(["no-op"], SET, SET), [{ ...at, action: "none" }]],
    ["gives it back", device(["delete"], SET, null), [{ ...at, action: "delete", enabled: known(false), hardwareLabel: known("Old") }]],
    [
      "gives it back as it was, without a label",
      device(["delete"], { ...SET, found_enabled: true, found_label: "" }, null),
      [{ action: "delete", enabled: known(true), hardwareLabel: known(undefined) }],
    ],
    ["forgets it: it stays", device(["forget"], SET, null), [{ ...at, action: "none" }]],
    ["sets it anew", device(["delete", "create"], SET, SET), [{ ...at, action: "create", hardwareLabel: known("New") }]],
    [
      "sets another one, and gives the first back",
      device(["delete", "create"], SET, { ...SET, pci_id: "0000:d8:00.0" }),
      [
        { ...at, address: "passthru_host_device.d (destroyed)", action: "delete", enabled: known(false), hardwareLabel: known("Old") },
        { ...at, address: "passthru_host_device.d", action: "create", pciAddress: known("0000:d8:00.0"), enabled: known(true) },
      ],
    ],
    [
      "sets what is not known yet",
      device(["create"], null, { pci_id: "0000:af:00.0" }, { after_unknown: { host_system_id: true, hardware_label: true } }),
      [
        {
          action: "create",
          host: unknown("${passthru_host_device.d.host_system_id} (known after apply)"),
          hardwareLabel: unknown("${passthru_host_device.d.hardware_label} (known after apply)"),
        },
      ],
    ],
  ])("%s", (_, planned, expected) => expect(readPlanOf(planOf([planned])).deviceChanges).toMatchObject(expected));

  test("leaves alone what it does not set", () => {
    const [only] = readPlanOf(planOf([device(["create"], null, { ...FOUND, enabled: null, hardware_label: null })])).deviceChanges;
    expect(only).not.toHaveProperty("enabled");
    expect(only).not.toHaveProperty("hardwareLabel");
  });

  test("finds the host by its name", () => {
    const host = change("data.vsphere_host.h", ["read"], null, { name: "esx-01.lab", id: "host-1" });
    expect(readPlanOf(planOf([host, device(["create"], null, SET)])).deviceChanges[0]!.host).toEqual(
      known({ by: "name", name: "esx-01.lab" }),
    );
  });
});

describe("a VM that depends on a device that the plan gives back", () => {
  const gone = change("passthru_host_device.d[1]", ["delete"], SET, null, { index: 1 });
  const kept = change("passthru_host_device.d[0]", ["no-op"], SET, SET, { index: 0 });
  const dependsOn = (actions: string[]) => {
    const vm = change("vsphere_virtual_machine.x", actions, { name: "x", memory: 1 }, { name: "x", memory: 2 });
    const x = configured("vsphere_virtual_machine.x", {}, { depends_on: ["passthru_host_device.d"] });
    return readPlanOf(planOf([kept, gone, vm], [x, configured("passthru_host_device.d", {})])).vms[0]!.dependsOn;
  };
  const [d0, d1] = ["passthru_host_device.d[0]", "passthru_host_device.d[1]"];

  test.each<[string[], unknown[]]>([
    [["create"], [d0]],
    [["create", "delete"], [d0]],
    [["update"], [d0, d1]],
    [
      ["delete", "create"],
      [d0, d1],
    ],
    [["delete"], [d0, d1]],
  ])("by %j depends on it unless it is new", (actions, expected) => expect(dependsOn(actions)).toEqual(expected));
});

import { Batch, batchOf } from "../../../lib/engine/compile/batch";
import { DeviceEvent } from "../../../lib/engine/compile/device-events";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { Device, DeviceChange, Host, known, PlanVm, RunningVm, unknown } from "../../../lib/model";
import { after, change, cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

function gathered(
  changes: readonly DeviceChange[],
  {
    vms = [],
    runs = [running("r", "h1", [1])],
    host = {},
    device = {},
  }: { vms?: readonly PlanVm[]; runs?: readonly RunningVm[]; host?: Partial<Host>; device?: Partial<Device> } = {},
): Batch {
  const [h1] = hosts("h1[A*2]", host);
  const of = cluster({
    hosts: [{ ...h1!, devices: h1!.devices.map((each, at) => (at === 0 ? { ...each, ...device } : each)) }],
    vms: runs,
  });
  return batchOf(of, of, new PlanIndex(plan(vms, changes), inventory(of)), new Set());
}

const x = (more: Partial<DeviceChange>, place = 0): DeviceChange => change("x", "h1", place, more);
const disabled: Partial<Device> = { passthrough: "disabled" };
const written = ({ changed: { passthrough, label } }: DeviceEvent): string => [passthrough, label].filter(Boolean).join(" ");

/** What a device becomes, what is not settled, and what is remarked (O6). */
test.each<[title: string, batch: Batch, events: readonly string[], unsettled: number, remarks: readonly string[]]>([
  ["nothing is said: nothing changes", gathered([x({})]), [], 0, []],
  ["what is so already is no change", gathered([x({ enabled: known(true) })]), [], 0, []],
  ["a label", gathered([x({ hardwareLabel: known("l") })]), ["active l"], 0, []],
  ["a label is taken away", gathered([x({ hardwareLabel: known(undefined) })], { device: { label: "l" } }), ["active"], 0, []],
  ["an omitted label stays", gathered([x({ enabled: known(false) })], { device: { label: "l" } }), ["disabled l"], 0, []],
  ["enabled waits for a reboot", gathered([x({ enabled: known(true) })], { device: disabled }), ["pending-reboot"], 0, ["reboot-pending"]],
  [
    "enabled at once, where the host rebinds",
    gathered([x({ enabled: known(true) })], { device: disabled, host: { rebindWithoutReboot: true } }),
    ["active"],
    0,
    [],
  ],
  [
    "but not where it is to be applied later",
    gathered([x({ enabled: known(true), applyNow: known(false) })], { device: disabled, host: { rebindWithoutReboot: true } }),
    ["pending-reboot"],
    0,
    ["reboot-pending"],
  ],
  [
    "what waits for a reboot goes on waiting",
    gathered([x({ enabled: known(true) })], { device: { passthrough: "pending-reboot" }, host: { rebindWithoutReboot: true } }),
    [],
    0,
    [],
  ],
  ["a held device is not disabled", gathered([x({ enabled: known(false) }, 1)]), ["disabled"], 0, ["disable-refused"]],
  [
    "one that is given back by a deletion that comes first is",
    gathered([x({ action: "delete", enabled: known(false) }, 1)], {
      vms: [vm("r", "A", { action: "delete", dependsOn: [x({}).address] })],
    }),
    ["disabled"],
    0,
    [],
  ],
  ["the plan changes nothing", gathered([x({ action: "none", hardwareLabel: known("l") })]), [], 0, []],
  ["another host", gathered([change("x", "h9", 0, { hardwareLabel: known("l") })]), [], 0, []],
  ["a device that is not there", gathered([x({ hardwareLabel: known("l") }, 7)]), [], 0, []],
  ["the host is not known", gathered([x({ host: unknown("${h}") })]), [], 1, []],
  ["the address is not known", gathered([x({ pciAddress: unknown("${a}") })]), [], 1, []],
  ["the label is not known", gathered([x({ hardwareLabel: unknown("${l}") })]), [], 1, []],
  [
    "two change one device",
    gathered([x({ hardwareLabel: known("l") }), { ...x({ hardwareLabel: known("m") }), address: "passthru_host_device.y" }]),
    ["active l"],
    1,
    [],
  ],
])("%s", (_, batch, events, unsettled, remarks) => {
  expect(batch.deviceEvents.map(written)).toEqual(events);
  expect(batch.unsettled.length).toBe(unsettled);
  expect(batch.remarks.map(({ kind }) => kind)).toEqual(remarks);
});

test("it keeps what it waits for", () => {
  const { deviceEvents } = gathered([x({ hardwareLabel: known("l"), ...after("v") })], { vms: [vm("v", "A")] });
  expect(deviceEvents.map((event) => event.after)).toEqual([["vsphere_virtual_machine.v"]]);
});

test("a VM that keeps a device from being disabled is called what the judgement calls it", () => {
  const vms = ["a", "b"].map((folder, place) => running("r", "h1", [place], { folder }));
  const { remarks } = gathered([x({ enabled: known(false) }, 1)], { runs: vms });
  expect(remarks).toMatchObject([{ kind: "disable-refused", vm: "b/r" }]);
});

import { DeviceChange, known, Plan, unknown } from "../../lib/model";
import { isEmptyBatch } from "../../lib/gate";
import * as make from "../rules/builders";

const held = make.address("0000:01:00.0");
const inventory = make.inventory(
  make.cluster({
    hosts: [make.host("esx-01", { devices: make.devices(2) })],
    vms: [make.runningVm("existing", { devices: [held] })],
    planned: [],
  }),
);

function changing(rest: Partial<DeviceChange>): Plan {
  return make.plan({ deviceChanges: [make.deviceChange("d", rest)] });
}

test.each<[string, Plan, boolean]>([
  ["nothing at all", make.plan(), true],
  ["a VM", make.planOf(make.planVm("a")), false],
  ["a VM that is deleted", make.planOf(make.planVm("a", { action: "delete" })), false],
  ["a change of a device that a running VM holds", changing({}), false],
  ["a change of a free device", changing({ pciAddress: known(make.address("0000:02:00.0")) }), true],
  ["a change at a host without VMs", changing({ host: known({ by: "name", name: "esx-02" }) }), true],
  ["a change at a host that is not known", changing({ host: unknown("${var.host}") }), false],
  ["a change of a device that is not known", changing({ pciAddress: unknown("${var.device}") }), false],
])("%s: empty or not", (_, plan, empty) => {
  expect(isEmptyBatch(plan, inventory)).toBe(empty);
});

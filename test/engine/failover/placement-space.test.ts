import { batchSpace, runningSpace } from "../../../lib/engine/failover/placement-space";
import { Budget } from "../../../lib/engine/packing/budget";
import { judgePowerOn } from "../../../lib/engine/power-on/judge-power-on";
import { DeviceChange, known, PlanVm } from "../../../lib/model";
import { change, plan, vm } from "../../reference/notation";
import { compiledOf } from "../compiled";
import { runningOn } from "./notation";

const freeIn = (hosts: readonly { readonly free: readonly number[] }[]): number => hosts.flatMap(({ free }) => free).reduce((sum, count) => sum + count, 0); // prettier-ignore

/** On two hosts of two devices each, of which one is held. */
const TABLE: readonly (readonly [
  title: string,
  vms: readonly PlanVm[],
  changes: readonly DeviceChange[],
  free: number,
  batch: number,
  placements: number,
  firm: boolean,
])[] = [
  ["nothing is to be done: the running VMs where they are", [], [], 3, 0, 1, true],
  // Beside the running one, or on the other host.
  ["a creation may be anywhere", [vm("v", "A", { action: "create" })], [], 3, 1, 2, true],
  ["what is given up is given up first", [vm("r0", "A", { action: "delete" })], [], 4, 0, 1, true],
  ["a reboot may come back on either host (P1)", [vm("r0", "A", { action: "reboot" })], [], 4, 1, 2, true],
  ["nowhere: no placement", [vm("v", "A,A,A", { action: "create" })], [], 3, 1, 0, true],
  // Who comes first may take the device before it gets its label.
  [
    "a device that changes",
    [vm("v", "T", { action: "create" })],
    [change("x", "h2", 0, { hardwareLabel: known("Training") })],
    3,
    1,
    1,
    false,
  ],
];

test.each(TABLE)("what failover is judged over: %s", (_, vms, changes, free, batch, placements, firm) => {
  const { transition, inForce } = compiledOf(plan(vms, changes), runningOn("h1[A*2] h2[A*2]", "h1:A"));
  const space = batchSpace(transition, judgePowerOn(transition, inForce, new Budget(100_000)));
  expect(space.batch.reduce((sum, { count }) => sum + count, 0)).toBe(batch);
  expect(space.firm).toBe(firm);
  expect(space.placements()?.length).toBe(placements);
  expect(freeIn(space.base.hosts)).toBe(free);
});

test("the running VMs alone give nothing up", () => {
  const { transition } = compiledOf(plan([vm("r0", "A", { action: "delete" })]), runningOn("h1[A*2] h2[A*2]", "h1:A"));
  const space = runningSpace(transition);
  expect([freeIn(space.base.hosts), space.batch.length, space.placements()?.length, space.leaving([])]).toEqual([3, 0, 1, undefined]);
});

import { batchOf } from "../../../lib/engine/compile/batch";
import { holdersOf } from "../../../lib/engine/compile/holders";
import { unclearHolders } from "../../../lib/engine/compile/held-by-kind";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { PlanVm } from "../../../lib/model";
import { address, cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

/** `r` and `s` hold the first and the second device of h1. */
test.each<[title: string, vms: readonly PlanVm[], first: string | undefined]>([
  ["for good", [], "for-good"],
  ["a VM that stays as it is keeps it", [vm("r", "A", { action: "none" })], "for-good"],
  ["until it is deleted", [vm("r", "A", { action: "delete" })], "until-released"],
  ["until it reboots, though it may have it again", [vm("r", "A", { action: "reboot" })], "until-released"],
])("a device is held %s", (_, vms, first) => {
  const of = cluster({ hosts: hosts("h1[A*3] h2[A]"), vms: [running("r", "h1", [0]), running("s", "h1", [1])] });
  const holders = holdersOf(batchOf(of, of, new PlanIndex(plan(vms), inventory(of)), new Set()));
  expect([0, 1, 2].map((place) => holders.get("h1")?.get(address(place)))).toEqual([first, "for-good", undefined]);
  expect(holders.get("h2")).toBeUndefined();
});

/** `r` holds one A100 of h1, which is known by its kind alone; h1 has two of them that can be held, h2 one. */
test.each<[title: string, named: Parameters<typeof unclearHolders>[1], unclear: boolean]>([
  ["nothing is named", [], false],
  ["one of two", [{ host: "h1", address: address(0) }], true],
  ["one of two, on whichever host", [{ address: address(1) }], true],
  ["of another model", [{ host: "h1", address: address(2) }], false],
  ["on another host", [{ host: "h2", address: address(0) }], false],
  ["that can't be held: its passthrough is disabled", [{ host: "h1", address: address(3) }], false],
  ["that can't be held: it is in vGPU mode", [{ host: "h1", address: address(4) }], false],
  ["that is not there", [{ host: "h1", address: address(7) }], false],
])("it is not known who holds a device that is named: %s", (_, named, unclear) => {
  const r = { ...running("r", "h1", [0]), heldByKind: [address(0)] };
  const states = { [address(3)]: "disabled", [address(4)]: "vgpu" } as const;
  const declared = hosts("h1[A*2,H,A*2] h2[A]").map((host) => ({
    ...host,
    devices: host.devices.map((device) => ({ ...device, passthrough: states[device.address] ?? device.passthrough })),
  }));
  const of = cluster({ hosts: declared, vms: [r] });
  expect(unclearHolders(of, named).length > 0).toBe(unclear);
});

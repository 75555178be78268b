import { Cluster, DeviceChange, known, PlanVm } from "../../../lib/model";
import { change, hosts, running, vm } from "../../reference/notation";
import { problemOf } from "./problem-of";

describe("a device change is a step where its moment matters", () => {
  const label = change("x", "h1", 0, { hardwareLabel: known("Training") });
  const disable = change("x", "h1", 0, { enabled: known(false) });
  const r = running("r", "h1", [0]);
  const steps = (vms: readonly PlanVm[], changes: readonly DeviceChange[], runs: Cluster["vms"] = []): readonly number[] => {
    const { steps: all, settled } = problemOf({ hosts: hosts("h1[A*2]"), vms: runs }, vms, changes);
    return [all.filter(({ kind }) => kind === "set-device").length, settled.length];
  };
  const waits = vm("v", "T", { dependsOn: [label.address] });
  test.each<[title: string, found: readonly number[], expected: readonly number[]]>([
    ["nobody asks for anything", steps([], [label]), [0, 1]],
    ["who asks for it with and without the label", steps([vm("v", "A")], [label]), [0, 1]],
    ["who asks for the label, with no path", steps([vm("v", "T")], [label]), [1, 0]],
    ["who waits for it", steps([waits], [label]), [0, 1]],
    ["one who waits, and one who does not", steps([waits, vm("w", "T")], [label]), [1, 0]],
    ["one who waits, and one who wants any", steps([waits, vm("w", "A")], [label]), [0, 1]],
    ["disabled for who asks", steps([vm("v", "A")], [disable]), [1, 0]],
    ["disabled while held for good: refused, whenever", steps([], [disable], [r]), [0, 1]],
    ["disabled while held until it is released", steps([vm("r", "A", { action: "delete" })], [disable], [r]), [1, 0]],
    ["nothing that changes", steps([vm("v", "A")], [change("x", "h1", 0, { enabled: known(true) })]), [0, 0]],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

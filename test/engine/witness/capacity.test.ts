import { judge } from "../judge";
import { CapacityRow, Cluster } from "../../../lib/model";
import { cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

/** Rows as `label or model: total used free`. */
const rows = (of: Partial<Cluster> & Pick<Cluster, "hosts">, asks: string): readonly string[] =>
  judge(plan(asks === "" ? [] : [vm("v", asks)]), inventory(cluster(of))).clusters[0]!.capacity.map(
    ({ id, label, total, used, free }: CapacityRow) => `${label ?? id}: ${total} ${used} ${free}`,
  );
const [h1] = hosts("h1[A*2]");

test.each<[title: string, rows: readonly string[], expected: readonly string[]]>([
  ["no host", rows({ hosts: [] }, ""), []],
  ["no device", rows({ hosts: hosts("h1[]") }, ""), []],
  ["all free", rows({ hosts: hosts("h1[A*2]") }, ""), ["10de:20f1: 2 0 2"]],
  ["one held by what runs, one by the batch", rows({ hosts: hosts("h1[A*3]"), vms: [running("r", "h1", [0])] }, "A"), ["10de:20f1: 3 2 1"]],
  ["a VM that has no place takes nothing", rows({ hosts: hosts("h1[A]") }, "A,A"), ["10de:20f1: 1 0 1"]],
  [
    "one row for each label and model, sorted",
    rows({ hosts: hosts("h1[H,T,A] h2[A]") }, ""),
    ["10de:20f1: 2 0 2", "Training: 1 0 1", "10de:2331: 1 0 1"],
  ],
  ["sub-ids make no row of their own", rows({ hosts: hosts("h1[A,F]") }, ""), ["10de:20f1: 2 0 2"]],
  ["hosts that are away have none", rows({ hosts: hosts("h1[A]", { state: "maintenance" }) }, ""), []],
  [
    "a device that is not healthy is none",
    rows({ hosts: [{ ...h1!, devices: h1!.devices.map((device, at) => ({ ...device, healthy: at > 0 })) }] }, ""),
    ["10de:20f1: 1 0 1"],
  ],
])("%s", (_, found, expected) => {
  expect(found).toEqual(expected);
});

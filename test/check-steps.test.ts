import { check, judge, prepare, read, report } from "../lib";
import { asFiles } from "./reference/as-text";
import { cluster, ha, hosts, plan, running, vm } from "./reference/notation";

const files = asFiles(
  plan([vm("v", "A,A"), vm("w", "A")]),
  cluster({ hosts: hosts("h1[A*2] h2[A*2]"), vms: [running("old", "h1", [0])], ha: ha(1) }),
);
const inputs = { files, paths: ["cdk.tf.json"], inventories: ["inventory.json"] };

test("a check is its four steps, one after the other", () => {
  const { plan: asked, inventory } = read(inputs);
  const prepared = prepare(asked, inventory, { hostFailures: 1 });
  expect(report(prepared, judge(prepared), "warning")).toEqual(check(inputs, { hostFailures: 1, failOn: "warning" }));
});

test("a question that was read once can be asked again, and reported", () => {
  const { plan: asked, inventory } = read(inputs);
  const prepared = prepare(asked, inventory);
  const smaller = prepared.with({ kind: "leave-out-vm", vm: "v" });
  const verdicts = [prepared, smaller].map((each) => report(each, judge(each)).clusters[0]!.powerOn.verdict);
  expect(verdicts).toEqual(["order-dependent", "guaranteed"]);
});

import { JOB_ACTIONS, JobAction } from "../../../lib/engine/compile/job";
import { stepsOf } from "../../../lib/engine/compile/steps";
import { batchOf } from "../../../lib/engine/compile/batch";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { PlanAction } from "../../../lib/model";
import { cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

/** What a plan does with the running VM `v`, as steps with what each waits for. */
test.each<[action: PlanAction & JobAction, steps: readonly string[]]>([
  ["reboot", ["0 release", "1 power-on after 0"]],
  ["replace-destroy-first", ["0 release", "1 power-on after 0"]],
  ["replace-create-first", ["0 release after 1", "1 power-on"]],
  ["delete", ["0 release"]],
])("%s", (action, expected) => {
  const declared = cluster({ hosts: hosts("h1[A*2]"), vms: [running("v", "h1", [0])] });
  const { jobs } = batchOf(declared, declared, new PlanIndex(plan([vm("v", "A", { action })]), inventory(declared)), new Set());
  const steps = stepsOf(jobs, []).map(({ kind, after }, index) => `${index} ${kind}${after.length > 0 ? ` after ${after.join()}` : ""}`);
  expect(steps).toEqual(expected);
  expect(JOB_ACTIONS[action].takesFirst).toBe(steps[0]!.includes("after"));
});

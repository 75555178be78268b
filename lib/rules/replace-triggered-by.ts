import { listing } from "../model";
import { Rule } from "./rule";

export const replaceTriggeredBy: Rule = {
  id: "replace-triggered-by",
  severity: "warning",
  title: "whether a running VM is replaced can't be seen in a stack",
  explanation:
    "A VM with replace_triggered_by is replaced when something else changes, which a stack does not tell: its verdicts are those of a VM " +
    "that stays. A plan says what happens.",
  fix: "check the plan, too: `terraform show -json PLAN > plan.json`",
  check: ({ vms, nameOf }) =>
    vms.flatMap(({ vm, running, place }) =>
      vm.action !== "from-stack" || running === undefined || vm.replaceTriggeredBy === undefined
        ? []
        : [
            {
              ...place,
              message:
                `${nameOf(vm.address)} runs, and is replaced where ${listing(vm.replaceTriggeredBy, "or")} changes ` +
                "(replace_triggered_by): that is not judged",
            },
          ],
    ),
};

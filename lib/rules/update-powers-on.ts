import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const updatePowersOn: Rule = {
  id: "update-powers-on",
  severity: "note",
  title: "an update starts a VM that is off",
  explanation:
    "The vSphere provider ends every reconfiguration with a power-on, whatever is changed: a VM that is off takes devices, CPU and memory " +
    "then. It is judged like a VM that is created. One that is suspended is an error: the provider waits until its limit for it to be on, " +
    "and the apply fails.",
  fix: "leave the VM out of the plan if it is to stay off",
  check: (facts) =>
    remarksOf(facts, "powers-on").map(({ judged, remark: { vm } }) => ({
      ...facts.placeOf(judged, vm),
      ...(facts.vmAt(vm)?.vm.isSuspended === true
        ? {
            severity: "error" as const,
            message: `${facts.nameOf(vm)} is suspended: its update would power it on, which the vSphere provider waits for until the apply fails`,
            fix: "resume the VM, or power it off, before the apply",
          }
        : { message: `${facts.nameOf(vm)} is off, and its update powers it on` }),
    })),
};

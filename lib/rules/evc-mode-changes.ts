import { Rule } from "./rule";

export const evcModeChanges: Rule = {
  id: "evc-mode-changes",
  severity: "warning",
  title: "an update changes the EVC mode of a VM, and may leave it off without saying so",
  explanation:
    "The vSphere provider powers the VM off and sets its EVC mode before it powers it on again. Where the mode can't be applied, the " +
    "update ends there, without an error: the VM stays off, and the next plan is empty. The verdict takes it for a reboot.",
  fix: "look whether the VM runs after the apply, or set its EVC mode by hand while it is off",
  check: ({ vms, nameOf }) =>
    vms.flatMap(({ vm, place }) =>
      vm.changes?.includes("evc_mode") === true
        ? [{ ...place, message: `evc_mode of ${nameOf(vm.address)} changes: if that fails, it stays off` }]
        : [],
    ),
};

import { RuleDescription } from "../model";

/** Findings that no rule makes: those of the readers, whose notes become findings as they are, and that of a rule that fails. */
export const OTHER_FINDINGS: readonly RuleDescription[] = [
  {
    id: "module-not-read",
    severity: "error",
    title: "a module hides its VMs",
    explanation: "A configuration names a module's source, not what is in it, so that its VMs can't be judged.",
    fix: "give a plan, which has them (`terraform show -json PLAN > plan.json`), or put its VMs into the stack itself",
  },
  {
    id: "incomplete-plan",
    severity: "error",
    title: "a Terraform plan leaves something out",
    explanation: "With -target, or where Terraform puts something off, a plan does not have all that will happen: the rest is not judged.",
    fix: "make the plan without -target",
  },
  {
    id: "move-not-judged",
    severity: "error",
    title: "a plan moves a running VM to another cluster or host",
    explanation:
      "A VM with passthrough devices can't be moved while it runs. To another host it is a warning, to another cluster an error.",
    fix: "replace the VM, or move it first",
  },
  {
    id: "extra-config-fixed-device",
    severity: "warning",
    title: "a VM names a fixed device in extra_config",
    explanation: "vCenter ignores extra_config keys that have a field of their own, so that the VM would start without the device.",
    fix: "use pci_device_id for a fixed device",
  },
  {
    id: "undeclared-variable",
    severity: "note",
    title: "a value is given for a variable that no stack declares",
    explanation: "The value changes nothing. It may be meant for another stack, or its name may be misspelt.",
    fix: "check the name of the variable",
  },
  {
    id: "rule-failed",
    severity: "error",
    title: "a rule failed",
    explanation: "What the rule looks for is then not known, so that the gate does not pass. The other rules are not affected.",
    fix: "this is a bug of passthru: report it with the input that shows it",
  },
];

import { notesOf } from "./facts/notes";
import { Rule } from "./rule";

export const argumentsRefused: Rule = {
  id: "arguments-refused",
  severity: "error",
  title: "the vSphere provider refuses a VM's arguments together",
  explanation:
    "Some arguments exclude or need each other: folder in a vApp, datacenter_id without ovf_deploy, two kinds of datastore, CPUs per NUMA " +
    "node without a hardware version, the order and number of network interfaces. The vSphere provider says so when it plans.",
  fix: "change the VM's arguments as the finding says",
  check: (facts) => notesOf(facts, "arguments-refused"),
};

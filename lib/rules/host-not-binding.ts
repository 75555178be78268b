import { counted, listing } from "../model";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

/** Hosts that are named; of more only the number. */
const FEW = 3;

export const hostNotBinding: Rule = {
  id: "host-not-binding",
  severity: "error",
  title: "a VM names its host, and DRS places it",
  explanation:
    "Where DRS picks hosts, host_system_id does not decide where a VM is powered on. The vSphere provider then moves it to the host that is " +
    "named, which a running VM with passthrough devices can't do: the apply fails, the VM is tainted, and the next plan replaces it, with " +
    "the same end. A warning where which host is named, or whether another one could take the VM, is not known.",
  fix: "leave host_system_id out; to keep the VM to some hosts, label their devices and ask for the label, or set DRS to manual for it first",
  check: (facts) =>
    remarksOf(facts, "pinned-under-drs").map(({ judged, remark: { vm, host, others, certain } }) => {
      const names = others.map((name) => facts.hostName(name));
      const where = names.length > FEW ? counted(names.length, "other host") : listing(names, "or");
      const named = host === undefined ? "sets host_system_id" : `sets host_system_id to ${facts.hostName(host)}`;
      const message = `${facts.nameOf(vm)} ${named}, but DRS may start it on ${where}: the vSphere provider then fails to move it`;
      return { ...facts.placeOf(judged, vm), message, ...(certain ? {} : { severity: "warning" as const }) };
    }),
};

import { isOfOneHost, listing } from "../model";
import { knownRequests, sriovFunctions } from "./facts/asks";
import { PlacedVm } from "./facts/facts";
import { Rule } from "./rule";
import { requestInWords } from "./words/devices-in-words";

export const staticNoRestart: Rule = {
  id: "static-no-restart",
  severity: "warning",
  title: "a VM with static devices or SR-IOV interfaces can't be restarted by HA",
  explanation:
    "Static passthrough names one device of one host, and an SR-IOV interface a physical function. When that host fails, the VM stays off " +
    "until the host is back.",
  fix: "ask for a dynamic device and an ordinary interface, or set its ha_vm_restart_priority to disabled if that is meant",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const statics = knownRequests(placed).filter(isOfOneHost);
      const bonds = [...statics.map(requestInWords), ...sriovFunctions(placed).map((address) => `the SR-IOV function ${address}`)];
      if (bonds.length === 0 || !isProtected(placed)) return [];
      const bound = `${nameOf(placed.vm.address)} is bound to ${listing(bonds)} of its host`;
      return [{ ...placed.place, message: `${bound}: HA can't restart it elsewhere` }];
    }),
};

function isProtected({ vm, cluster, running }: PlacedVm): boolean {
  if (cluster?.ha === undefined) return false;
  const declared = running?.restartPriority ?? cluster.ha.defaultRestartPriority;
  const priority = vm.restartPriority ?? { known: true, value: declared };
  return priority.known && priority.value !== "disabled";
}

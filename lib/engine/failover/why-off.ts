import { RefusedRestart } from "../../model";
import { InForce } from "../compile/in-force";
import { Transition } from "../state-space/transition";
import { Refusals } from "../witness/refusals";
import { endOf } from "./after-failure";
import { FailoverJudge } from "./judge-failover";
import { WorstCase, byCodeUnit } from "./worst-case";

/** Why the VMs that the worst failure leaves off find no host in the end, equal VMs together. */
export function whyOff(worst: WorstCase, judge: FailoverJudge, transition: Transition, inForce: InForce): readonly RefusedRestart[] {
  const refusals = new Refusals(transition, inForce);
  const end = endOf(worst, judge, transition.problem);
  // VMs that differ in other things can be refused alike: together whether they are merged or not.
  const alike = new Map<string, RefusedRestart>();
  for (const vmClass of transition.problem.classes) {
    if (worst.off[vmClass.index] === 0) continue;
    const ids = new Set(vmClass.members.map(({ id }) => id));
    const by = refusals.ofRestart(end, vmClass);
    const key = JSON.stringify(by);
    const vms = [...(alike.get(key)?.vms ?? []), ...worst.vms.filter((vm) => ids.has(vm))];
    alike.set(key, { vms: vms.sort(byCodeUnit), by });
  }
  return [...alike.values()].sort((a, b) => byCodeUnit(a.vms[0] ?? "", b.vms[0] ?? ""));
}

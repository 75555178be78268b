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
  const refused = transition.problem.classes.flatMap((vmClass) => {
    if (worst.off[vmClass.index] === 0) return [];
    const ids = new Set(vmClass.members.map(({ id }) => id));
    return [{ vms: worst.vms.filter((vm) => ids.has(vm)), by: refusals.ofRestart(end, vmClass) }];
  });
  return refused.sort((a, b) => byCodeUnit(a.vms[0] ?? "", b.vms[0] ?? ""));
}

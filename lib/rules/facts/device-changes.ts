import { ClusterJudgement } from "../../model";
import { Facts, Place } from "./facts";

/** Where findings about a `passthru_host_device` point. */
export function placeOfChange(facts: Facts, judged: ClusterJudgement, change: string): Place {
  const found = facts.plan.deviceChanges.find(({ address }) => address === change);
  if (found === undefined) return { ...facts.placeOf(judged), resource: change };
  const { constructPath, source } = found;
  return { cluster: judged.name, resource: change, ...(constructPath === undefined ? {} : { constructPath }), source };
}

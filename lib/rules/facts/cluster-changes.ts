import { ClusterJudgement } from "../../model";
import { Facts, Place, resourcePlace } from "./facts";

/** Where a finding about a change of the cluster points. */
export function placeOfClusterChange({ plan }: Facts, { name }: ClusterJudgement, address: string): Place {
  const change = (plan.clusterChanges ?? []).find((each) => each.address === address);
  return { cluster: name, ...(change && resourcePlace(change)) };
}

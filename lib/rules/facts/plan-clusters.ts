import { PlanCluster } from "../../model";

/** The cluster in prose: by its name, else by its resource. */
export function clusterName({ name, address }: PlanCluster): string {
  return name.known ? name.value : address;
}

import { PlanCluster } from "./cluster-change";
import { Cluster, Inventory } from "./inventory";
import { known } from "./maybe";
import { placeOf } from "./places";
import { Plan } from "./plan";

/** The cluster in prose: by its name, else by its resource. */
export function clusterName({ name, address }: PlanCluster): string {
  return name.known ? name.value : address;
}

/** The inventory's cluster that it is. */
export function declaredAs({ name, site, stack }: PlanCluster, plan: Plan, inventory: Inventory): Cluster | undefined {
  if (!name.known) return undefined;
  const place = placeOf({ cluster: known({ by: "name", name: name.value }), stack, ...(site && { site }) }, plan, inventory);
  return place.kind === "declared" ? place.cluster : undefined;
}

/** What the stacks say of a cluster of the inventory, if they make it. */
export function plannedAs(cluster: Cluster, plan: Plan, inventory: Inventory): PlanCluster | undefined {
  return (plan.clusters ?? []).find((planned) => declaredAs(planned, plan, inventory) === cluster);
}

import { Cluster, ClusterRef, Inventory, Maybe, Plan, Site, placeOf } from "../../model";

/** What is needed to find the cluster that a change names. */
export interface Where {
  readonly plan: Plan;
  readonly inventory: Inventory;
  /** Of the change. */
  readonly stack: string;
  readonly site?: Site;
}

/** Whether a reference means this cluster. */
export function means(ref: Maybe<ClusterRef>, cluster: Cluster, { plan, inventory, stack, site }: Where): boolean | "maybe" {
  const { clusters } = inventory;
  // An id that no cluster has is another cluster's, where all of them say theirs.
  if (ref.known && ref.value.by === "id" && clusters.every(({ id }) => id !== undefined)) {
    const { id } = ref.value;
    if (!id.startsWith("resgroup-") && !clusters.some((each) => each.id === id || each.resourcePoolId === id)) return false;
  }
  const place = placeOf({ cluster: ref, stack, ...(site && { site }) }, plan, inventory);
  if (place.kind === "unknown") return place.among.includes(cluster) ? "maybe" : false;
  return place.kind === "declared" && place.cluster === cluster;
}

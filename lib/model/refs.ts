import { Site } from "./site";

/** Which cluster a resource pool id leads to. */
export type ClusterRef =
  | { readonly by: "name"; readonly name: string }
  /** A managed object id: the root pool's, or the cluster's. */
  | { readonly by: "id"; readonly id: string }
  /** The cluster that has this host. */
  | { readonly by: "host"; readonly host: HostRef; readonly id?: string }
  /** The VM and its resource pool are in two vCenters, which can't be. */
  | { readonly by: "two-vcenters" }
  /** The cluster that has this pool. */
  | { readonly by: "pool"; readonly pool: PoolRef };

/** Which host a `host_system_id` means. `site`: what else the stack says of it. */
export type HostRef = ({ readonly by: "name"; readonly name: string } | { readonly by: "id"; readonly id: string }) & {
  readonly site?: Site;
};

/** A resource pool as a stack leads to it. */
export interface PoolRef {
  /** Names from the outermost known pool inwards; never empty. */
  readonly path: readonly string[];
  /** Whether the outermost one is directly under the cluster's root pool; else others may be around it. */
  readonly fromRoot: boolean;
  /** The stack makes it. */
  readonly isMade: boolean;
}

import { known, Maybe, PoolBounds, PoolSetting, unknown } from "../../model";
import { Amount, Attributes } from "./attributes";
import { poolPlace } from "./places";

// The provider writes -1 where there is no limit.
const MB: Amount = { least: -1, unit: "MB" };
const MHZ: Amount = { least: -1, unit: "MHz" };

/** Reads one `vsphere_resource_pool` or `vsphere_vapp_container`. */
export function readPool(pool: Attributes, before: Attributes | undefined): PoolSetting {
  const parent = poolPlace(pool.value("parent_resource_pool_id"));
  const name = pool.text("name") ?? unknown("name is not set");
  const former = before?.text("name");
  const isRenamed = former !== undefined && !(former.known && name.known && former.value === name.value);
  return {
    kind: "pool",
    cluster: parent.cluster,
    name,
    ...(isRenamed && { formerName: former }),
    parent: parent.resourcePool ?? (parent.cluster.known ? known(undefined) : parent.cluster),
    bounds: readBounds(pool),
  };
}

/** The provider's zero reserves nothing, and is not told from one that was left out. */
function readBounds(pool: Attributes): PoolBounds {
  return {
    cpuReservationMhz: unless(pool.whole("cpu_reservation", MHZ), 0),
    cpuLimitMhz: unless(pool.whole("cpu_limit", MHZ), -1),
    cpuExpandable: pool.bool("cpu_expandable") ?? known(true),
    memoryReservationMb: unless(pool.whole("memory_reservation", MB), 0),
    memoryLimitMb: unless(pool.whole("memory_limit", MB), -1),
    memoryExpandable: pool.bool("memory_expandable") ?? known(true),
  };
}

function unless(amount: Maybe<number> | undefined, none: number): Maybe<number | undefined> {
  if (amount === undefined) return known(undefined);
  return amount.known && amount.value <= none ? known(undefined) : amount;
}

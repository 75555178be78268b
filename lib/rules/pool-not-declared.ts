import { groupBy, poolOf, PoolPlace, quoted } from "../model";
import { Facts, PlacedVm } from "./facts/facts";
import { namesOf, placeOfAll } from "./facts/fold";
import { Hit, Rule } from "./rule";

export const poolNotDeclared: Rule = {
  id: "pool-not-declared",
  severity: "warning",
  title: "a VM is in a resource pool that the inventory does not declare, beside others that it does",
  explanation:
    "Its limits are not known, and are taken not to bind: a pool with a limit can refuse a VM that every host has room for. A VM " +
    "with devices reserves all of its memory, so that it meets a pool's limit long before a host's. Pools of one name under different " +
    "parents are different. Pools that the stack makes itself are not meant.",
  fix: "declare the pool in the inventory, with its parent and its limits; without any, as resource_pool with nothing in it",
  check: (facts) => {
    const undeclared = facts.vms.flatMap((placed) => inUndeclaredPool(placed));
    const pools = groupBy(undeclared, ({ cluster, path }) => JSON.stringify([cluster, path]));
    return [...pools.values()].flatMap((vms) => hitOf(facts, vms));
  },
};

interface InPool {
  readonly placed: PlacedVm;
  readonly cluster: string;
  readonly path: string;
  /** The declared pool around it. */
  readonly around: PoolPlace["pool"];
}

function inUndeclaredPool(placed: PlacedVm): readonly InPool[] {
  const { vm, cluster } = placed;
  const pool = cluster && poolOf(vm, cluster.resourcePools);
  if (cluster === undefined || !pool?.known || pool.value?.isUndeclared !== true) return [];
  const ref = vm.resourcePool;
  if (!ref?.known || ref.value.isMade) return [];
  return [{ placed, cluster: cluster.name, path: ref.value.path.join("/"), around: pool.value.pool }];
}

function hitOf(facts: Facts, vms: readonly InPool[]): readonly Hit[] {
  const [first] = vms;
  if (first === undefined) return [];
  const { cluster, path, around } = first;
  const names = namesOf(
    facts,
    vms.map(({ placed }) => placed),
  );
  const be = vms.length === 1 ? "is" : "are";
  const counts = around === undefined ? "" : `; what it takes counts in the pool ${quoted(around.name)}`;
  const message = `${names} ${be} in the resource pool ${quoted(path)}, and the inventory declares other pools of ${quoted(cluster)}: its limits are not known${counts}`;
  return [{ ...placeOfAll(vms.map(({ placed }) => placed.place)), message }];
}

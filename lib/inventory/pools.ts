import { quoted, ResourcePool } from "../model";
import { ClusterText } from "../schema";
import { Context } from "./context";
import { POOL } from "./defaults";
import { given } from "./given";

/** A cluster's resource pools, each under a parent that is there, none under itself. */
export function poolsOf(cluster: ClusterText, context: Context): readonly ResourcePool[] {
  const texts = cluster.resource_pools ?? [];
  context.refuseTwice(texts, "resource_pool", `cluster ${quoted(cluster.name)}`);
  const byName = new Map(texts.map((text) => [text.name, text]));
  const refuseUnknown = (text: object, key: string, name: string | undefined, subject: string) => {
    if (name === undefined || byName.has(name) || !context.isWhole(cluster, "resource_pools", cluster.resource_pools)) return;
    context.mistake(text, key, `${key} ${quoted(name)} of ${subject} is not declared${context.hint(name, byName.keys())}`);
  };
  const ids = new Set<string>();
  for (const text of texts) {
    context.refuseShared(text, "id", 1, "resource pool", ids);
    if (text.id !== undefined && text.id === cluster.resource_pool_id) {
      const message = `id ${quoted(text.id)} of resource_pool ${quoted(text.name)} is that of the cluster's root pool: expected another, or none`;
      context.mistake(text, "id", message);
    }
    refuseUnknown(text, "parent", text.parent, `resource_pool ${quoted(text.name)}`);
    const { cpu_reservation_mhz: cpu, cpu_limit_mhz: cpuLimit, memory_reservation_mb: memory, memory_limit_mb: memoryLimit } = text;
    if (cpu !== undefined && cpuLimit !== undefined && cpu > cpuLimit) {
      context.mistake(
        text,
        "cpu_reservation_mhz",
        `resource_pool ${quoted(text.name)} reserves ${cpu} MHz, more than its limit of ${cpuLimit} MHz`,
      );
    }
    if (memory !== undefined && memoryLimit !== undefined && memory > memoryLimit) {
      context.mistake(
        text,
        "memory_reservation_mb",
        `resource_pool ${quoted(text.name)} reserves ${memory} MB, more than its limit of ${memoryLimit} MB`,
      );
    }
  }
  for (const name of inCycles(new Map(texts.map(({ name, parent }) => [name, parent])))) {
    const text = byName.get(name)!;
    context.mistake(text, "parent", `resource_pool ${quoted(name)} is its own parent, through ${quoted(text.parent!)}`);
  }
  for (const vm of [...(cluster.vms ?? []), ...(cluster.planned ?? [])]) {
    refuseUnknown(vm, "resource_pool", vm.resource_pool, `vm ${quoted(vm.name)}`);
  }
  return texts.map((text) =>
    given({
      name: text.name,
      id: text.id,
      parent: text.parent,
      cpuReservationMhz: text.cpu_reservation_mhz,
      cpuLimitMhz: text.cpu_limit_mhz,
      memoryReservationMb: text.memory_reservation_mb,
      memoryLimitMb: text.memory_limit_mb,
      expandable: text.expandable ?? POOL.expandable,
      source: context.source(text),
    }),
  );
}

/** The pools that their parents lead back to; each pool is walked through once. */
function inCycles(parents: ReadonlyMap<string, string | undefined>): readonly string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  for (const start of parents.keys()) {
    const path = new Set<string>();
    let name: string | undefined = start;
    while (name !== undefined && !done.has(name) && !path.has(name)) {
      path.add(name);
      name = parents.get(name);
    }
    if (name !== undefined && path.has(name)) {
      const walked = [...path];
      cycles.push(...walked.slice(walked.indexOf(name)));
    }
    for (const walked of path) done.add(walked);
  }
  return cycles;
}

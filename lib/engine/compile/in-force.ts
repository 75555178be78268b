import { Cluster, Plan, PlanRule, hostOf } from "../../model";
import { AdmissionCheck, CountedVm, admissionControl } from "../admission-control";
import { Batch } from "./batch";
import { HostRuleInForce } from "../eligibility";
import { VmRuleInForce } from "../problem";
import { PoolLoad, Pools } from "../resource-pools";
import { VmSpec, memoryNeedMb } from "../vm";

type AppliesTo = (vm: VmSpec) => boolean;

/** What is in force in the cluster beside its capacity. */
export interface InForce {
  /** Mandatory VM-Host rules; those of the plan are in force at failover only (O3). */
  readonly hostRules: readonly (HostRuleInForce & { readonly appliesTo: AppliesTo; readonly atPowerOn: boolean })[];
  readonly vmRules: readonly (VmRuleInForce & { readonly appliesTo: AppliesTo })[];
  /** Absent where it can't refuse, because it admits everything at once. */
  readonly admission?: AdmissionCheck;
  readonly pools?: Pools;
}

export interface Unsettled {
  readonly inForce: InForce;
  /** Rules of the plan of which it is not known whether they bind at failover. */
  readonly unknownRules: readonly string[];
}

export function inForceFor(batch: Batch, plan: Plan): Unsettled {
  const { cluster } = batch;
  const declared = rulesOf(cluster);
  const late = planRules(plan, batch);
  const admission = admissionControl(cluster);
  const pools = new Pools(cluster.resourcePools);
  return {
    inForce: {
      hostRules: [...declared.hostRules, ...late.hostRules],
      vmRules: [...declared.vmRules, ...late.vmRules],
      ...(admission && !admission(countEverything(batch)).admits ? { admission } : {}),
      ...(poolsBind(batch, pools) ? { pools } : {}),
    },
    unknownRules: late.unknown,
  };
}

function rulesOf(cluster: Cluster): Pick<InForce, "hostRules" | "vmRules"> {
  const named = (names: readonly string[]): AppliesTo => {
    const set = new Set(names);
    return ({ name, id }) => set.has(name) || set.has(id);
  };
  return {
    hostRules: cluster.hostRules
      .filter(({ mandatory }) => mandatory)
      .map(({ name, hosts, vms }) => ({ name, hosts, appliesTo: named(vms), atPowerOn: true })),
    vmRules: cluster.vmRules
      .filter(({ mandatory }) => mandatory)
      .map(({ name, type, vms }) => ({ name, type, appliesTo: named(vms), atPowerOn: true })),
  };
}

function planRules(plan: Plan, batch: Batch): Pick<InForce, "hostRules" | "vmRules"> & { readonly unknown: readonly string[] } {
  const { cluster } = batch;
  const hostRules: InForce["hostRules"][number][] = [];
  const vmRules: InForce["vmRules"][number][] = [];
  const unknown: string[] = [];
  for (const rule of plan.rules) {
    if (!isPlacementRule(rule) || (rule.enabled.known && !rule.enabled.value) || (rule.mandatory.known && !rule.mandatory.value)) continue;
    if (!rule.mandatory.known || !rule.enabled.known || !rule.vms.known || (rule.hosts && !rule.hosts.known)) {
      unknown.push(rule.address);
      continue;
    }
    const vms = new Set(rule.vms.value);
    const appliesTo: AppliesTo = ({ id, name }) => vms.has(id) || vms.has(name);
    if (!specsOf(batch).some(appliesTo)) continue;
    if (rule.kind === "vm-affinity" || rule.kind === "vm-anti-affinity") {
      vmRules.push({ name: rule.address, type: rule.kind === "vm-affinity" ? "together" : "separate", appliesTo, atPowerOn: false });
      continue;
    }
    const named = (rule.hosts?.value ?? []).flatMap((ref) => {
      const host = hostOf(ref, cluster);
      return host.known && host.value ? [host.value.name] : [];
    });
    const hosts = rule.kind === "vm-host-affinity" ? named : cluster.hosts.map(({ name }) => name).filter((name) => !named.includes(name));
    hostRules.push({ name: rule.address, hosts, appliesTo, atPowerOn: false });
  }
  return { hostRules, vmRules, unknown };
}

function isPlacementRule({ kind }: PlanRule): boolean {
  return kind === "vm-affinity" || kind === "vm-anti-affinity" || kind === "vm-host-affinity" || kind === "vm-host-anti-affinity";
}

function specsOf({ occupants, jobs }: Batch): VmSpec[] {
  return [...occupants.map(({ spec }) => spec), ...jobs.flatMap(({ spec }) => spec ?? [])];
}

/** Every VM that may ever be on at once: where that is admitted, everything is. */
function countEverything({ cluster, occupants, jobs }: Batch): CountedVm[] {
  const usable = new Set(cluster.hosts.filter(({ state }) => state === "connected").map(({ name }) => name));
  const specs = [...occupants.filter(({ vm }) => usable.has(vm.host)).map(({ spec }) => spec), ...jobs.flatMap(({ spec }) => spec ?? [])];
  return specs.map(counted);
}

export function counted(spec: VmSpec): CountedVm {
  return { cpuReservationMhz: spec.cpuReservationMhz, memoryMb: memoryNeedMb(spec), count: 1 };
}

/** Whether some pool is too small for all of its VMs at once. */
function poolsBind(batch: Batch, pools: Pools): boolean {
  const loads = new Map<string, PoolLoad>();
  for (const spec of specsOf(batch)) {
    const pool = spec.resourcePool;
    if (!pools.has(pool)) continue;
    if (pools.shortage(pool, poolLoad(spec), loads)) return true;
    addLoad(loads, pool, poolLoad(spec), 1);
  }
  return false;
}

export function poolLoad(spec: VmSpec): PoolLoad {
  return { cpuMhz: spec.cpuReservationMhz, memoryMb: memoryNeedMb(spec) };
}

export function addLoad(loads: Map<string, PoolLoad>, pool: string, load: PoolLoad, times: number): void {
  const before = loads.get(pool) ?? { cpuMhz: 0, memoryMb: 0 };
  loads.set(pool, { cpuMhz: before.cpuMhz + load.cpuMhz * times, memoryMb: before.memoryMb + load.memoryMb * times });
}


import { Cluster, HostRef, PlanRule, hostOf } from "../../model";
import { AdmissionCheck, CountedVm, admissionControl, counted } from "../constraints/admission-control";
import { Batch } from "./batch";
import { HostRuleInForce } from "../constraints/eligibility";
import { PlanIndex } from "./plan-index";
import { VmRuleInForce } from "./problem";
import { PoolLoad, Pools, poolLoad, addLoad } from "../constraints/resource-pools";
import { VmSpec } from "../constraints/vm-spec";

/** What is in force in the cluster beside its capacity. */
export interface InForce {
  /** Mandatory VM-Host rules; those of the plan are in force at failover only (O3). */
  readonly hostRules: readonly HostRuleInForce[];
  readonly vmRules: readonly VmRuleInForce[];
  /** The indexes of the rules that a VM is under, in rising order. */
  readonly hostRulesOf: (vm: VmSpec) => readonly number[];
  readonly vmRulesOf: (vm: VmSpec) => readonly number[];
  /** DRS for a VM when hosts fail: an override of the plan counts by then (O3). "off" too where what it sets is not known. */
  readonly drsAtFailover: (vm: VmSpec) => VmSpec["drs"];
  /** Absent where it can't refuse, because it admits everything at once. */
  readonly admission?: AdmissionCheck;
  readonly pools?: Pools;
}

export interface Unsettled {
  readonly inForce: InForce;
  /** Rules of the plan of which it is not known whether they bind at failover. */
  readonly unknownRules: readonly string[];
}

export function inForceFor(batch: Batch, index: PlanIndex): Unsettled {
  const { cluster } = batch;
  const declared = rulesOf(cluster);
  const late = planRules(index, batch);
  const hostRules = [...declared.hostRules, ...late.hostRules];
  const vmRules = [...declared.vmRules, ...late.vmRules];
  const admission = admissionControl(cluster);
  const pools = new Pools(cluster.resourcePools);
  return {
    inForce: {
      hostRules: hostRules.map(({ rule }) => rule),
      vmRules: vmRules.map(({ rule }) => rule),
      hostRulesOf: byVm(hostRules),
      vmRulesOf: byVm(vmRules),
      drsAtFailover: overridesOf(index, batch),
      ...(admission && !admission(countEverything(batch)).admits ? { admission } : {}),
      ...(poolsBind(batch, pools) ? { pools } : {}),
    },
    unknownRules: late.unknown,
  };
}

/** A rule with the VMs that it is about, by id or name. */
interface About<R> {
  readonly rule: R;
  readonly vms: readonly string[];
}

function overridesOf(index: PlanIndex, batch: Batch): InForce["drsAtFailover"] {
  const found = index.rulesAbout(specsOf(batch).flatMap(({ id, name }) => [id, name])).filter(({ kind }) => kind === "drs-override");
  const overrides = found.map(({ drsLevel, vms }) => {
    const level = drsLevel?.known ? drsLevel.value : "off";
    const drs: VmSpec["drs"] = level === "off" ? { enabled: false, automationLevel: "manual" } : { enabled: true, automationLevel: level };
    return { rule: drs, vms: vms.known ? vms.value : [] };
  });
  const indexesOf = byVm(overrides);
  return (vm) => overrides[indexesOf(vm)[0] ?? -1]?.rule ?? vm.drs;
}

interface Rules {
  readonly hostRules: readonly About<InForce["hostRules"][number]>[];
  readonly vmRules: readonly About<VmRuleInForce>[];
}

const NONE: readonly number[] = [];

function byVm(rules: readonly About<unknown>[]): (vm: VmSpec) => readonly number[] {
  const table = new Map<string, number[]>();
  rules.forEach(({ vms }, index) => {
    for (const vm of new Set(vms)) {
      const indexes = table.get(vm);
      if (indexes) indexes.push(index);
      else table.set(vm, [index]);
    }
  });
  return ({ id, name }) => {
    const [ofId, ofName] = [table.get(id) ?? NONE, table.get(name) ?? NONE];
    if (ofId.length === 0 || ofId === ofName) return ofName;
    return ofName.length === 0 ? ofId : [...new Set([...ofId, ...ofName])].sort((a, b) => a - b);
  };
}

function rulesOf(cluster: Cluster): Rules {
  const mandatory = <R extends { readonly mandatory: boolean }>(rules: readonly R[]): readonly R[] =>
    rules.filter((rule) => rule.mandatory);
  return {
    hostRules: mandatory(cluster.hostRules).map(({ name, hosts, vms }) => ({ rule: { name, hosts, atPowerOn: true }, vms })),
    vmRules: mandatory(cluster.vmRules).map(({ name, type, vms }) => ({ rule: { name, type, atPowerOn: true }, vms })),
  };
}

function planRules(index: PlanIndex, batch: Batch): Rules & { readonly unknown: readonly string[] } {
  const { cluster } = batch;
  const hostRules: Rules["hostRules"][number][] = [];
  const vmRules: Rules["vmRules"][number][] = [];
  const unknown: string[] = [];
  for (const rule of index.rulesAbout(specsOf(batch).flatMap(({ id, name }) => [id, name]))) {
    if (!isPlacementRule(rule) || (rule.enabled.known && !rule.enabled.value) || (rule.mandatory.known && !rule.mandatory.value)) continue;
    if (!rule.mandatory.known || !rule.enabled.known || !rule.vms.known || (rule.hosts && !rule.hosts.known)) {
      unknown.push(rule.address);
      continue;
    }
    const vms = rule.vms.value;
    if (rule.kind === "vm-affinity" || rule.kind === "vm-anti-affinity") {
      const type = rule.kind === "vm-affinity" ? "together" : "separate";
      vmRules.push({ rule: { name: rule.address, type, atPowerOn: false }, vms });
      continue;
    }
    const named = new Set((rule.hosts?.value ?? []).flatMap((ref) => nameOfHost(ref, cluster)));
    const isAllowed = (host: string): boolean => named.has(host) === (rule.kind === "vm-host-affinity");
    const hosts = cluster.hosts.map(({ name }) => name).filter(isAllowed);
    hostRules.push({ rule: { name: rule.address, hosts, atPowerOn: false }, vms });
  }
  return { hostRules, vmRules, unknown };
}

function nameOfHost(ref: HostRef, cluster: Cluster): readonly string[] {
  const host = hostOf(ref, cluster);
  return host.known && host.value ? [host.value.name] : [];
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

import { Cluster, DynamicRequest, Host, RunningVm } from "../../lib/model";
import { requestsFor } from "./case-requests";
import { CaseSpec, Features } from "./case-spec";
import { defined } from "./defined";
import { address, cluster, devices, ha, hosts, planned, running } from "./notation";

export interface ClusterCase {
  /** Without rules. */
  readonly cluster: Cluster;
  readonly runs: readonly Run[];
}

export function clusterOf(spec: CaseSpec, features: Features): ClusterCase {
  const bare = cluster({
    hosts: hostsOf(spec, features),
    drs:
      spec.drs === "off"
        ? { enabled: false, automationLevel: "fullyAutomated", declared: true }
        : { enabled: true, automationLevel: spec.drs, declared: true },
    ...(spec.ha ? { ha: haOf(spec) } : {}),
    ...(features.pools ? { resourcePools: poolsOf(spec) } : {}),
  });
  const runs = runningOf(spec, features, bare);
  return { cluster: { ...bare, vms: runs.map(({ vm }) => vm), planned: plannedOf(spec, features, bare.hosts) }, runs };
}

function plannedOf({ planned: shape }: CaseSpec, features: Features, hosts: readonly Host[]): Cluster["planned"] {
  if (!shape) return [];
  const { asks, count, memoryMb, priority } = shape;
  const wanted = requestsFor(asks, features, hosts);
  return [planned("p", wanted.length > 0 ? "A" : "", { count, memoryMb, requests: wanted, ...defined({ restartPriority: priority }) })];
}

function hostsOf(spec: CaseSpec, { subIds, oneClass, sizes, options }: Features): readonly Host[] {
  return spec.hosts.map(
    ({ kinds, capacity, state, esxi, failover, rebindWithoutReboot, stores, networks, versions, domain, odd }, index) => {
      const [host] = hosts(`h${index + 1}[]`, {
        state,
        esxi,
        failover,
        rebindWithoutReboot,
        ...capacity,
        ...defined({ datastores: stores, networks, hardwareVersions: versions, faultDomain: options ? domain : undefined }),
      });
      const subIdKinds = kinds.slice(0, index < 2 ? 2 : 0).map((kind) => (kind === "T" ? "S" : "A"));
      const found = devices((subIds ? subIdKinds : oneClass && !sizes ? kinds.map(() => "A") : kinds).join());
      return {
        ...host!,
        devices: found.map((device, place) => {
          if (odd?.device !== place) return device;
          if (odd.how === "unhealthy") return { ...device, healthy: false };
          return odd.how === "reserved" ? { ...device, reserved: "spare" } : { ...device, passthrough: odd.how };
        }),
      };
    },
  );
}

function haOf({ failures, admission, defaultPriority }: CaseSpec): NonNullable<Cluster["ha"]> {
  const { policy, percent, slotCpuMhz, slotMemoryMb } = admission;
  return ha(failures, {
    admissionControl: policy as "disabled",
    defaultRestartPriority: defaultPriority,
    ...(policy === "resourcePercentage" ? defined({ cpuPercent: percent, memoryPercent: percent }) : {}),
    ...(policy === "slotPolicy" ? defined({ slotCpuMhz, slotMemoryMb }) : {}),
  });
}

const POOLS = ["gpu", "inner"] as const;

function poolsOf({ pools }: CaseSpec): Cluster["resourcePools"] {
  return pools.map(({ parent, expandable, ...amounts }, index) => ({
    name: POOLS[index]!,
    expandable,
    source: { file: "generated", line: 1 },
    ...defined(amounts),
    ...(index > 0 && parent ? { parent: POOLS[0] } : {}),
  }));
}

export function poolName(pool: number, { pools }: CaseSpec, features: Features): string | undefined {
  return features.pools && pool < pools.length ? POOLS[pool] : undefined;
}

export interface Run {
  readonly vm: RunningVm;
  readonly spec: CaseSpec["running"][number];
  /** What it must have asked for, to hold what it holds. */
  readonly asked: readonly DynamicRequest[];
}

/** Those that have their host, devices, CPU and memory: an inventory tells of a cluster that exists. */
function runningOf(spec: CaseSpec, features: Features, { hosts: all, drs }: Cluster): readonly Run[] {
  const runs: Run[] = [];
  spec.running.forEach((each, index) => {
    const host = all[each.host % all.length]!;
    if (host.failover || host.state === "maintenance" || host.state === "standby") return;
    const taken = runs.filter((run) => run.vm.host === host.name);
    const free = host.devices.flatMap((device, place) => {
      const usable = device.passthrough === "active" && device.healthy && device.reserved === undefined;
      return usable && !taken.some((run) => run.vm.devices.includes(address(place))) ? [place] : [];
    });
    const held = [...free.slice(each.from % (free.length + 1)), ...free]
      .slice(0, each.count)
      .filter((place, at, list) => list.indexOf(place) === at)
      .sort();
    const asks = held.map((place): DynamicRequest => {
      const { id, label } = host.devices[place]!;
      return { kind: "dynamic", allowed: [{ vendor: id.vendor, device: id.device }], ...(each.byLabel && label ? { label } : {}) };
    });
    const pool = poolName(each.pool, spec, features);
    const vm = running(`r${index + 1}`, host.name, held, {
      memoryMb: each.memoryMb,
      cpuReservationMhz: each.cpuReservationMhz,
      cpus: 2,
      ...(held.length === 0 && each.reserves ? { memoryReservationMb: each.memoryMb } : {}),
      static: each.static && held.length > 0,
      ...defined({ restartPriority: each.priority, resourcePool: pool }),
      ...((each.declares || features.subIds) && !each.static ? { requests: asks } : {}),
      ...(each.override && drs.enabled
        ? { drs: { enabled: each.override !== "off", automationLevel: each.override === "manual" ? "manual" : "fullyAutomated" } }
        : {}),
      ...(each.hardwareVersion !== undefined && runsVersion(host, each.hardwareVersion) ? { hardwareVersion: each.hardwareVersion } : {}),
    });
    const load = (of: (run: RunningVm) => number): number => [...taken.map((run) => run.vm), vm].reduce((sum, run) => sum + of(run), 0);
    const fits =
      load(({ cpuReservationMhz: cpu }) => cpu) <= host.cpuMhz &&
      load(({ memoryReservationMb, overheadMb }) => memoryReservationMb + overheadMb) <= host.memoryMb;
    if (fits) runs.push({ vm, spec: each, asked: asks });
  });
  return runs;
}

function runsVersion({ hardwareVersions, esxi }: Host, version: number): boolean {
  return hardwareVersions ? hardwareVersions.includes(version) : version <= 19 || esxi === "8.0.2";
}

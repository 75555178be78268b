import {
  Cluster,
  ClusterJudgement,
  Device,
  DeviceChange,
  DynamicRequest,
  HaSettings,
  Host,
  Inventory,
  Judgement,
  known,
  parsePciAddress,
  parsePciId,
  PciAddress,
  PciId,
  Plan,
  PlanRule,
  PlanVm,
  RequestCarriers,
  RunningVm,
  Template,
} from "../../lib/model";

/** Small valid values of the model: a test says only what it is about. */

export const source = { file: "inventory.hcl", line: 1 };

export function address(text: string): PciAddress {
  const parsed = parsePciAddress(text);
  if (parsed === undefined) throw new Error(`not an address: ${text}`);
  return parsed;
}

export function pciId(text: string): PciId {
  const parsed = parsePciId(text);
  if (parsed === undefined) throw new Error(`not an id: ${text}`);
  return parsed;
}

export const A100 = "10de:20f1";
export const H100 = "10de:2331";
export const T4 = "10de:1eb8";
export const NIC = "15b3:101d";

/** `request("10de:20f1", "Training")`; several ids separated by commas, "" for every id. */
export function request(ids: string = A100, label?: string): DynamicRequest {
  const allowed = ids === "" ? [] : ids.split(",").map(pciId);
  return { kind: "dynamic", allowed, ...(label === undefined ? {} : { label }) };
}

export function device(at: string, id: string = A100, rest: Partial<Device> = {}): Device {
  return { address: address(at), addressDeclared: true, id: pciId(id), passthrough: "active", healthy: true, source, ...rest };
}

/** `count` devices alike at 0000:01:00.0 and the addresses that follow. */
export function devices(count: number, id: string = A100, rest: Partial<Device> = {}): readonly Device[] {
  return Array.from({ length: count }, (_, index) => device(`0000:${(index + 1).toString(16).padStart(2, "0")}:00.0`, id, rest));
}

export function host(name: string, rest: Partial<Host> = {}): Host {
  return {
    name,
    esxi: "8.0.2",
    cpuMhz: 166400,
    memoryMb: 1048576,
    state: "connected",
    failover: false,
    rebindWithoutReboot: false,
    devices: [],
    source,
    ...rest,
  };
}

export function runningVm(name: string, rest: Partial<RunningVm> = {}): RunningVm {
  return {
    name,
    host: "esx-01",
    memoryReservationMb: 0,
    cpuReservationMhz: 0,
    overheadMb: 1024,
    static: false,
    devices: [],
    source,
    ...rest,
  };
}

export function template(name: string, requests: readonly DynamicRequest[] = [request()], rest: Partial<Template> = {}): Template {
  return { name, requests, source, ...rest };
}

export const ha: HaSettings = { hostFailuresToTolerate: 1, admissionControl: "resourcePercentage", defaultRestartPriority: "medium" };

export function cluster(rest: Partial<Cluster> = {}): Cluster {
  return {
    name: "gpu-prod",
    drs: { enabled: true, automationLevel: "fullyAutomated", declared: true },
    accept: [],
    hosts: [],
    vms: [],
    planned: [],
    templates: [],
    resourcePools: [],
    hostRules: [],
    vmRules: [],
    source,
    ...rest,
  };
}

export function inventory(...clusters: readonly Cluster[]): Inventory {
  return { files: ["inventory.hcl"], clusters };
}

export const vmSource = { file: "stacks/training.ts", line: 42 };

/** A VM of the cluster gpu-prod that asks for nothing, named and addressed by `name`. */
export function planVm(name: string, rest: Partial<PlanVm> = {}): PlanVm {
  return {
    address: `vsphere_virtual_machine.${name}`,
    label: name,
    name: known(name),
    stack: "training",
    action: "from-stack",
    cluster: known({ by: "name", name: "gpu-prod" }),
    cpus: known(16),
    memoryMb: known(131072),
    memoryReservationMb: known(131072),
    memoryLockedToMax: known(true),
    cpuReservationMhz: known(0),
    firmware: known("efi"),
    datastores: [],
    networks: [],
    extraConfig: known({}),
    carriers: carriers({}),
    createBeforeDestroy: false,
    ignoreChanges: [],
    dependsOn: [],
    source: vmSource,
    ...rest,
  };
}

export function carriers(rest: Partial<RequestCarriers>): RequestCarriers {
  return { gpuIntent: false, ...rest };
}

/** A VM whose requests its stack's `passthru_template` carries. */
export function gpuVm(name: string, requests: readonly DynamicRequest[] = [request()], rest: Partial<PlanVm> = {}): PlanVm {
  return planVm(name, { carriers: carriers({ template: known(requests) }), ...rest });
}

export function planRule(kind: PlanRule["kind"], vms: readonly string[], rest: Partial<PlanRule> = {}): PlanRule {
  return {
    kind,
    address: `rule.${kind}`,
    stack: "training",
    mandatory: known(false),
    enabled: known(true),
    vms: known(vms),
    source: vmSource,
    ...rest,
  };
}

export function deviceChange(name: string, rest: Partial<DeviceChange> = {}): DeviceChange {
  return {
    address: `passthru_host_device.${name}`,
    stack: "training",
    action: "from-stack",
    host: known({ by: "name", name: "esx-01" }),
    pciAddress: known(address("0000:01:00.0")),
    applyNow: known(true),
    dependsOn: [],
    source: vmSource,
    ...rest,
  };
}

export function plan(rest: Partial<Plan> = {}): Plan {
  return { stacks: [], vms: [], deviceChanges: [], rules: [], notes: [], ...rest };
}

export function planOf(...vms: readonly PlanVm[]): Plan {
  return plan({ vms });
}

/** A judgement of gpu-prod that finds nothing wrong. */
export function clusterJudgement(rest: Partial<ClusterJudgement> = {}): ClusterJudgement {
  return {
    name: "gpu-prod",
    powerOn: { verdict: "guaranteed", canBeLeftOff: [], complete: true },
    failover: { hostFailures: 1, verdict: "survives" },
    capacity: [],
    hosts: [],
    decidedBy: { powerOn: "prices", failover: "prices" },
    remarks: [],
    ...rest,
  };
}

export function judgement(...clusters: readonly ClusterJudgement[]): Judgement {
  return { clusters };
}

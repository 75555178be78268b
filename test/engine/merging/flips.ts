import {
  Device,
  DeviceChange,
  DynamicRequest,
  Host,
  HostRule,
  known,
  PciId,
  PlannedShape,
  PlanRule,
  PlanVm,
  RequestCarriers,
  ResourcePool,
  RunningVm,
  SharedDevices,
  Template,
  unknown,
  VmRule,
} from "../../../lib/model";
import { Case } from "../../reference/generate";
import { address, poolNamed, requests } from "../../reference/notation";

/**
 * Other values that a field can have, or why it is not changed. Every field of a noun has its line: one that is new does not
 * compile until somebody has said what else it can be.
 */
type Flips<T> = { readonly [K in keyof Required<T>]: readonly (T[K] | undefined)[] | WhyNot };
type WhyNot = "a name" | "where it was read" | "flipped part by part";

const HOST: Flips<Host> = {
  name: "a name",
  id: ["host-other", undefined],
  esxi: ["7.0.3", "6.7"],
  cpuMhz: [1000, 2000],
  cpuCoreMhz: [100],
  memoryMb: [17_000, 36_000],
  state: ["maintenance", "disconnected", "standby", "entering-maintenance"],
  failover: [true],
  rebindWithoutReboot: [true],
  faultDomain: ["rack-a"],
  datastores: [["ds2"], ["ds1"], []],
  networks: [["net2"], ["net1"], []],
  hardwareVersions: [[17], [19, 20], []],
  nvswitch: [{}],
  devices: "flipped part by part",
  source: "where it was read",
};

const DEVICE: Flips<Device> = {
  address: "a name",
  addressDeclared: [false],
  id: "flipped part by part",
  label: ["Training", "Other", undefined],
  passthrough: ["pending-reboot", "disabled", "vgpu"],
  healthy: [false],
  reserved: ["spare"],
  bar1Gb: [128],
  virtualFunctions: [4],
  vgpuMode: ["sameSize"],
  source: "where it was read",
};

const PCI_ID: Flips<PciId> = { vendor: [1], device: [1], subVendor: [1], subDevice: [1], revision: [1] };

const REQUEST: Flips<DynamicRequest> = {
  kind: "a name",
  allowed: [[], [{ vendor: 0x10de, device: 0x2331 }]],
  label: ["Training"],
};

const SHARED: Flips<SharedDevices> = { vgpus: [[{ profile: "nvidia_h100-20c", count: 1 }]], deviceGroups: [[{ name: "Nvidia:2@10" }]] };

const RUNNING: Flips<RunningVm> = {
  name: "a name",
  id: ["vm-42"],
  uuid: ["4204-1"],
  folder: ["a"],
  host: "a name",
  memoryMb: [32_768],
  memoryReservationMb: [0, 32_768],
  cpuReservationMhz: [0, 1500],
  overheadMb: [0, 2048],
  cpus: [8],
  firmware: ["bios"],
  hardwareVersion: [22, 15],
  resourcePool: ["gpu", undefined],
  restartPriority: ["high", "disabled"],
  drs: [{ enabled: false, automationLevel: "manual" }],
  static: [true],
  devices: [[]],
  heldByKind: [[address(0)]],
  ...SHARED,
  requests: [requests("T"), requests("H"), undefined],
  source: "where it was read",
};

const PLANNED: Flips<PlannedShape> = {
  name: "a name",
  count: [1, 3],
  memoryMb: [32_768],
  memoryReservationMb: [0],
  cpuReservationMhz: [1500],
  overheadMb: [0, 2048],
  cpus: [8],
  hardwareVersion: [15, 22],
  resourcePool: ["gpu"],
  restartPriority: ["high", "disabled"],
  requests: [requests("T"), []],
  ...SHARED,
  source: "where it was read",
};

const PLAN_VM: Flips<PlanVm> = {
  uuid: ["4204-other"],
  id: ["vm-other"],
  folder: ["other"],
  folderOpen: [true],
  address: "a name",
  label: "a name",
  name: "a name",
  runningName: "a name",
  stack: "a name",
  action: ["from-stack", "none", "hot-add", "power-on", "reboot", "delete", "replace-create-first"],
  isOff: [true],
  isSuspended: [true],
  reconfigures: [true],
  presentHost: [known({ by: "name", name: "h1" }), known({ by: "name", name: "h2" })],
  move: [{ by: ["host_system_id"], toOtherFolder: true, fromCluster: { by: "name", name: "elsewhere" } }],
  softened: [["guest_id"]],
  cycledBy: [["num_cpus"]],
  changes: [["memory"]],
  unknownCount: ["count hangs on what is not known"],
  cluster: [known({ by: "name", name: "elsewhere" })],
  site: [{ datacenter: "dc-2" }],
  resourcePool: [known(poolNamed("gpu")), undefined],
  host: [known({ by: "name", name: "h1" }), known({ by: "name", name: "h2" })],
  cpus: [known(8)],
  memoryMb: [known(32_768)],
  memoryReservationMb: [known(0)],
  memoryLockedToMax: [known(true)],
  memoryLimitMb: [known(16_384)],
  cpuReservationMhz: [known(0), known(1500)],
  cpuLimitMhz: [known(1), known(100_000)],
  latencySensitivity: [known("high"), known("normal")],
  hardwareVersion: [known(15), known(22), undefined],
  hardwareOfTemplate: [known(15), unknown("${data.t}"), undefined],
  firmware: [known("bios")],
  madeFrom: [known("nothing")],
  guestId: [known("ubuntu64Guest")],
  datastores: [["ds2"], []],
  networks: [["net2"], []],
  storageOpen: ["datastore_cluster_id"],
  extraConfig: [known({ "pciPassthru.use64bitMMIO": "TRUE" })],
  carriers: "flipped part by part",
  restartPriority: [known("high"), known("disabled")],
  cpuHotAdd: [known(true)],
  memoryHotAdd: [known(true)],
  createBeforeDestroy: [true],
  replaceTriggeredBy: [["terraform_data.x"]],
  ignoreChanges: [["all"]],
  dependsOn: [["vsphere_virtual_machine.v1"], []],
  constructPath: ["app/vm"],
  source: "where it was read",
};

const CARRIERS: Flips<RequestCarriers> = {
  template: [known(requests("T")), known(requests("A,A")), known([])],
  stackTemplate: [{ address: "passthru_template.t", source: { file: "main.tf", line: 1 } }],
  templateName: [known("ubuntu")],
  templateUuid: [known("4204-1")],
  templateSite: [{ datacenter: "dc-2" }],
  extraConfig: [known(requests("A"))],
  static: [known([address(0)])],
  found: [[{ words: "${data.d.id}", host: known({ by: "name", name: "h1" }) }]],
  metadata: [known(requests("A"))],
  vgpu: ["pciPassthru0.vgpu"],
  ovf: [known("ubuntu.ova")],
  sriov: [known([address(0)])],
  gpuIntent: [true],
};

const CHANGE: Flips<DeviceChange> = {
  address: "a name",
  stack: "a name",
  action: ["none", "create", "update", "delete"],
  host: "a name",
  pciAddress: "a name",
  enabled: [known(false), known(true)],
  hardwareLabel: [known(undefined), known("Other"), undefined],
  applyNow: [known(false)],
  dependsOn: [["vsphere_virtual_machine.v1"]],
  constructPath: ["app/change"],
  source: "where it was read",
};

const POOL: Flips<ResourcePool> = {
  name: "a name",
  id: ["resgroup-12"],
  parent: "a name",
  cpuReservationMhz: [1000],
  cpuLimitMhz: [1500],
  memoryReservationMb: [20_000],
  memoryLimitMb: [20_000, undefined],
  expandable: [false],
  cpuExpandable: [false],
  source: "where it was read",
};

const HOST_RULE: Flips<HostRule> = {
  name: "a name",
  vms: [["v1"], ["r1", "v2"]],
  hosts: [["h1"], []],
  mandatory: [false],
  source: "where it was read",
};

const VM_RULE: Flips<VmRule> = {
  name: "a name",
  vms: [["v1"], ["r1", "v2"]],
  type: ["separate", "together"],
  mandatory: [false],
  source: "where it was read",
};

const TEMPLATE: Flips<Template> = {
  name: "a name",
  uuid: "a name",
  hardwareVersion: [15, 22],
  requests: [requests("T"), []],
  ...SHARED,
  source: "where it was read",
};

const PLAN_RULE: Flips<PlanRule> = {
  kind: ["ha-override", "vm-dependency", "vm-host-affinity"],
  address: "a name",
  stack: "a name",
  mandatory: [known(false)],
  enabled: [known(false)],
  vms: [known([])],
  hosts: [known([{ by: "name", name: "h1" }])],
  name: [known("in vCenter")],
  drsLevel: [known("off"), known("manual")],
  constructPath: ["app/rule"],
  source: "where it was read",
};

/** Every noun that has equals, with where a case has them; `*` is any one of several. */
const NOUNS: Readonly<Record<string, readonly [where: string, flips: Readonly<Record<string, readonly unknown[] | WhyNot>>]>> = {
  Host: ["cluster.hosts.*", HOST],
  Device: ["cluster.hosts.*.devices.0", DEVICE],
  "PciId of a device": ["cluster.hosts.*.devices.0.id", PCI_ID],
  RunningVm: ["cluster.vms.*", RUNNING],
  "DynamicRequest of a running VM": ["cluster.vms.*.requests.0", REQUEST],
  PlannedShape: ["cluster.planned.*", PLANNED],
  Template: ["cluster.templates.*", TEMPLATE],
  ResourcePool: ["cluster.resourcePools.*", POOL],
  HostRule: ["cluster.hostRules.*", HOST_RULE],
  VmRule: ["cluster.vmRules.*", VM_RULE],
  PlanVm: ["plan.vms.*", PLAN_VM],
  RequestCarriers: ["plan.vms.*.carriers", CARRIERS],
  DynamicRequest: ["plan.vms.*.carriers.template.value.0", REQUEST],
  "PciId of a request": ["plan.vms.*.carriers.template.value.0.allowed.0", PCI_ID],
  DeviceChange: ["plan.deviceChanges.*", CHANGE],
  PlanRule: ["plan.rules.*", PLAN_RULE],
};

/** One field of one noun with another value. */
export interface Flip {
  readonly noun: string;
  readonly field: string;
  readonly value: unknown;
  /** The case with one of the things changed, counted round; undefined where it has none. */
  readonly apply: (of: Case, at: number) => Case | undefined;
}

export const FLIPS: readonly Flip[] = Object.entries(NOUNS).flatMap(([noun, [where, flips]]) =>
  Object.entries(flips).flatMap(([field, values]) =>
    typeof values === "string" ? [] : values.map((value): Flip => ({ noun, field, value, apply: flipper(where, field, value) })),
  ),
);

function flipper(where: string, field: string, value: unknown): Flip["apply"] {
  return (of, at) => {
    const flip = (thing: object): object => {
      const { [field]: _, ...rest } = thing as Record<string, unknown>;
      return value === undefined ? rest : { ...rest, [field]: value };
    };
    return changed(of, where.split("."), at, flip) as Case | undefined;
  };
}

/** A copy in which what is at the path is another; undefined where there is nothing. */
function changed(within: unknown, path: readonly string[], at: number, change: (thing: object) => object): unknown {
  if (typeof within !== "object" || within === null) return undefined;
  const [step, ...rest] = path;
  if (step === undefined) return change(within);
  const key = step === "*" ? String(at % Object.keys(within).length) : step;
  const part = changed((within as Record<string, unknown>)[key], rest, at, change);
  if (part === undefined) return undefined;
  return Array.isArray(within)
    ? within.map((each, index) => (String(index) === key ? part : (each as unknown)))
    : { ...within, [key]: part };
}

/** Fields of what a case has that no line is about, as `noun.field`. */
export function unlisted(of: Case): readonly string[] {
  const found = new Set<string>();
  for (const [noun, [where, flips]] of Object.entries(NOUNS)) {
    changed(of, where.split("."), 0, (thing) => {
      for (const field of Object.keys(thing)) if (!(field in flips)) found.add(`${noun}.${field}`);
      return thing;
    });
  }
  return [...found];
}

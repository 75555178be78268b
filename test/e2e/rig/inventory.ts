import { VCenter } from "./vcenter";

// As govc prints them, only what is read here.
interface Ref {
  readonly type: string;
  readonly value: string;
}

interface ClusterProperties {
  readonly name: string;
  readonly resourcePool: Ref;
  readonly configurationEx: {
    readonly drsConfig: { readonly enabled: boolean; readonly defaultVmBehavior: string };
    readonly dasConfig: { readonly enabled?: boolean };
    readonly dasVmConfig?: readonly { readonly key: Ref; readonly dasSettings: { readonly restartPriority: string } }[];
  };
}

interface HostProperties {
  readonly name: string;
  readonly parent: Ref;
  readonly runtime: { readonly connectionState: string; readonly inMaintenanceMode?: boolean };
  readonly "capability.deviceRebindWithoutRebootSupported": boolean;
  readonly "config.product.version": string;
  readonly "config.pciPassthruInfo": readonly PassthruInfo[];
  readonly "hardware.pciDevice": readonly (PciIds & { readonly id: string })[];
  readonly "summary.hardware": { readonly cpuMhz: number; readonly numCpuCores: number; readonly memorySize: number };
}

interface PassthruInfo {
  readonly id: string;
  readonly passthruEnabled: boolean;
  readonly passthruActive: boolean;
  readonly hardwareLabel?: string;
}

interface PciIds {
  readonly vendorId: number;
  readonly deviceId: number;
  readonly subVendorId?: number;
  readonly subDeviceId?: number;
}

interface VmProperties {
  readonly name: string;
  readonly runtime: { readonly host: Ref; readonly powerState: string };
  readonly config: {
    readonly uuid: string;
    readonly template: boolean;
    readonly version: string;
    readonly hardware: { readonly numCPU: number; readonly memoryMB: number; readonly device: readonly { readonly backing?: Backing }[] };
    readonly cpuAllocation?: { readonly reservation?: number };
    readonly memoryAllocation?: { readonly reservation?: number };
    readonly memoryReservationLockedToMax?: boolean;
  };
}

interface Backing {
  readonly allowedDevice?: readonly PciIds[];
  readonly customLabel?: string;
  readonly assignedId?: string;
}

const HOST_PROPERTIES = [
  "name",
  "parent",
  "runtime",
  "capability.deviceRebindWithoutRebootSupported",
  "config.product.version",
  "config.pciPassthruInfo",
  "hardware.pciDevice",
  "summary.hardware",
];

type Objects<T> = ReadonlyMap<string, T>;

/** What the clusters contain, read by govc: an inventory as the command takes it, in JSON. */
export async function readInventory(vcenter: VCenter): Promise<{ readonly clusters: readonly object[] }> {
  const [clusters, hosts, vms] = await Promise.all([
    collect<ClusterProperties>(vcenter, "ClusterComputeResource", ["name", "configurationEx", "resourcePool"]),
    collect<HostProperties>(vcenter, "HostSystem", HOST_PROPERTIES),
    collect<VmProperties>(vcenter, "VirtualMachine", ["name", "config", "runtime"]),
  ]);
  return { clusters: [...clusters].map(([id, cluster]) => clusterOf(id, cluster, hosts, vms)) };
}

/** Where the running VMs of all clusters are, and the devices that they hold. */
export async function readRunning(vcenter: VCenter): Promise<Readonly<Record<string, Running>>> {
  const vms = await collect<VmProperties>(vcenter, "VirtualMachine", ["name", "config", "runtime"]);
  const hosts = new Map(vcenter.ready.hosts.map(({ id, name }) => [id, name]));
  const running = [...vms.values()].filter(({ runtime }) => runtime.powerState === "poweredOn");
  const placeOf = (vm: VmProperties): Running => ({
    host: hosts.get(vm.runtime.host.value) ?? "",
    devices: dynamicDevices(vm).map(({ assignedId }) => assignedId ?? ""),
  });
  return Object.fromEntries(running.map((vm) => [vm.name, placeOf(vm)]));
}

export interface Running {
  readonly host: string;
  readonly devices: readonly string[];
}

function clusterOf(id: string, cluster: ClusterProperties, hosts: Objects<HostProperties>, vms: Objects<VmProperties>): object {
  const { drsConfig, dasConfig, dasVmConfig = [] } = cluster.configurationEx;
  const priorities = new Map(dasVmConfig.map(({ key, dasSettings }) => [key.value, dasSettings.restartPriority]));
  const own = [...hosts].filter(([, { parent }]) => parent.value === id);
  const here = [...vms].filter(([, { runtime }]) => own.some(([host]) => runtime.host.value === host));
  const running = here.filter(([, { runtime }]) => runtime.powerState === "poweredOn");
  const templates = here.filter(([, { config }]) => config.template);
  return {
    name: cluster.name,
    id,
    resource_pool_id: cluster.resourcePool.value,
    drs: { enabled: drsConfig.enabled, automation_level: drsConfig.defaultVmBehavior },
    ...(dasConfig.enabled === true ? { ha: { enabled: true, admission_control: "disabled" } } : {}),
    hosts: own.map(([hostId, host]) => hostOf(hostId, host)),
    vms: running.map(([vmId, vm]) => vmOf(vm, hosts.get(vm.runtime.host.value)?.name, priorities.get(vmId))),
    templates: templates.map(([, vm]) => ({ name: vm.name, uuid: vm.config.uuid, devices: dynamicDevices(vm).map(requestOf) })),
  };
}

function hostOf(id: string, host: HostProperties): object {
  const { cpuMhz, numCpuCores, memorySize } = host["summary.hardware"];
  const { connectionState, inMaintenanceMode } = host.runtime;
  const infos = listOf(host["config.pciPassthruInfo"]);
  return {
    name: host.name,
    id,
    esxi: host["config.product.version"],
    cpu_mhz: cpuMhz * numCpuCores,
    memory_mb: memorySize / 2 ** 20,
    state: connectionState !== "connected" ? "disconnected" : inMaintenanceMode === true ? "maintenance" : "connected",
    rebind_without_reboot: host["capability.deviceRebindWithoutRebootSupported"],
    devices: listOf(host["hardware.pciDevice"]).map((device) => ({
      address: device.id,
      ...idsOf(device),
      ...passthroughOf(infos.find((info) => info.id === device.id)),
    })),
  };
}

function passthroughOf(info: PassthruInfo | undefined): object {
  if (info === undefined) return { passthrough: "disabled" };
  const active = info.passthruEnabled && info.passthruActive;
  return {
    ...(info.hardwareLabel === undefined ? {} : { label: info.hardwareLabel }),
    passthrough: active ? "active" : info.passthruEnabled ? "pending-reboot" : "disabled",
  };
}

function vmOf({ name, config }: VmProperties, host: string | undefined, priority: string | undefined): object {
  const { hardware, cpuAllocation, memoryAllocation, memoryReservationLockedToMax, version } = config;
  const devices = dynamicDevices({ config });
  return {
    name,
    host,
    cpus: hardware.numCPU,
    cpu_reservation_mhz: cpuAllocation?.reservation ?? 0,
    memory_mb: hardware.memoryMB,
    memory_reservation_mb: memoryReservationLockedToMax === true ? hardware.memoryMB : (memoryAllocation?.reservation ?? 0),
    hardware_version: Number(version.replace("vmx-", "")),
    devices: devices.map(({ assignedId }) => assignedId),
    ...(devices.length === 0 ? {} : { requests: devices.map(requestOf) }),
    ...(priority === undefined ? {} : { restart_priority: priority }),
  };
}

function dynamicDevices({ config }: Pick<VmProperties, "config">): readonly Backing[] {
  const backings = config.hardware.device.map(({ backing }) => backing);
  return backings.filter((backing) => backing?.allowedDevice !== undefined || backing?.customLabel !== undefined) as readonly Backing[];
}

function requestOf({ allowedDevice = [], customLabel }: Backing): object {
  const allowed = allowedDevice.map((device) => Object.values(idsOf(device)).join(":"));
  return { allowed, ...(customLabel === undefined ? {} : { label: customLabel }) };
}

/** In a host's list a missing sub-id is 0, in a request's it is absent. */
function idsOf({ vendorId, deviceId, subVendorId = 0, subDeviceId = 0 }: PciIds): { readonly id: string; readonly subsystem?: string } {
  return { id: pair(vendorId, deviceId), ...(subVendorId === 0 ? {} : { subsystem: pair(subVendorId, subDeviceId) }) };
}

/** Ids above 32767 come as negative numbers: the API has 16 signed bits. */
function pair(vendor: number, device: number): string {
  return [vendor, device].map((id) => (id & 0xffff).toString(16).padStart(4, "0")).join(":");
}

/** An empty list comes as an object that isn't one. */
function listOf<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

interface Collected {
  readonly obj: Ref;
  readonly changeSet: readonly { readonly name: string; readonly val?: unknown }[];
}

/** Properties of all objects of a type, by id. */
async function collect<T>(vcenter: VCenter, type: string, properties: readonly string[]): Promise<Objects<T>> {
  // The datacenter, too: where there is nothing to tell, govc waits until there is.
  const types = ["-type", type, "-type", "Datacenter"];
  const { status, stdout, stderr } = await vcenter.govc("object.collect", "-json", ...types, "/", ...properties);
  if (status !== 0) throw new Error(stderr);
  // One JSON text after the other, each closed by a brace at the start of a line.
  const answers = stdout.split(/(?<=^\})\n(?=\{)/m).filter((text) => text.trim() !== "");
  const objects = answers.map((text) => JSON.parse(text) as Collected).filter(({ obj }) => obj.type === type);
  return new Map(
    objects.map(({ obj, changeSet }) => [obj.value, Object.fromEntries(changeSet.map(({ name, val }) => [name, unwrapped(val)])) as T]),
  );
}

/** Lists are inside an object of their own. */
function unwrapped(value: unknown): unknown {
  return typeof value === "object" && value !== null && "_value" in value ? value._value : value;
}

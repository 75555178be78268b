import * as v from "valibot";

// The inventory as YAML and JSON spell it, and as published in schema/inventory.json. HCL has labelled blocks in place of lists.
// A message is what was expected: the reader puts what it found and where in front of it.

/** Ids as `parsePciId` reads them, but for a sub-id given twice; a test holds the two together. */
const HEX4 = "(0[xX])?[0-9a-fA-F]{1,4}";
const HEX2 = "(0[xX])?[0-9a-fA-F]{1,2}";
const SUB_IDS = `:${HEX4}:${HEX4}(:${HEX2})?`;
const OVF_SUB_IDS = `(:[sStT]=${HEX4}|:[rR]=${HEX2}){1,3}`;
const PCI_ID = new RegExp(`^${HEX4}:${HEX4}(${SUB_IDS}|${OVF_SUB_IDS})?$`);
const ADDRESS = /^([0-9a-fA-F]{4}:)?[0-9a-fA-F]{2}:[01][0-9a-fA-F]\.[0-7]$/;

const BAR1_GB = "a number of GB up to 4096";
const RESTART_PRIORITIES = ["lowest", "low", "medium", "high", "highest", "disabled"] as const;
const AUTOMATION_LEVELS = ["manual", "partiallyAutomated", "fullyAutomated"] as const;

const Name = text("a name of 1 to 255 characters", 1, 255);
const Names = v.array(Name, "a list of names");
/** Twice as long as the names that it stands for, each bracket being written as two. */
const NameRange = described(
  text("a name of 1 to 255 characters", 1, 510),
  "may be a range such as esx-[01-04].lab; a bracket itself is [[",
);
const NameRanges = v.array(NameRange, "a list of names");
const Text = text("a text of at most 255 characters", 0, 255);
const Flag = v.boolean("true or false");
const MemoryMb = whole("a whole number of MB", 0, 1e9);
const CpuMhz = whole("a whole number of MHz", 0, 1e9);
const Bar1Gb = v.pipe(v.number(BAR1_GB), v.minValue(1 / 1024, BAR1_GB), v.maxValue(4096, BAR1_GB));
const Percent = whole("a whole percentage", 1, 100);
const HardwareVersion = whole('a hardware version as a number such as 20 (for "vmx-20")', 3, 99);
const Id = pattern('a hexadecimal PCI id in quotes, "vendor:device" as in "10de:20f1"', PCI_ID);
const Address = pattern('a PCI address in quotes, as in "0000:af:00.0"', ADDRESS);
const Addresses = v.array(Address, "a list of PCI addresses");
const RestartPriority = oneOf(RESTART_PRIORITIES);
const Enabled = described(Flag, "true unless said");

const Request = titled("device request", {
  allowed: v.exactOptional(described(v.array(Id, "a list of PCI ids"), "any of these; an empty list allows every id")),
  label: v.exactOptional(described(Text, "hardware label; an empty one is none")),
});
const Requests = v.array(Request, "a list of device requests");

const Count = described(whole("a whole number of vGPUs", 1, 16), "1 unless said");
const Vgpu = titled("vGPU", { profile: Name, count: v.exactOptional(Count) });
const DeviceGroup = titled("device group", { name: described(Name, "as its hosts name it, Nvidia:2@grid_a100d-80c%NVLink") });
const Shared = {
  vgpus: v.exactOptional(described(v.array(Vgpu, "a list of vGPUs"), "accepted, not judged")),
  device_groups: v.exactOptional(described(v.array(DeviceGroup, "a list of device groups"), "accepted, not judged")),
};

const HeldVgpu = titled("vGPU", {
  profile: Name,
  count: v.exactOptional(Count),
  device: v.exactOptional(described(Address, "the GPU that it is on")),
  start: v.exactOptional(
    described(whole("a whole number of GB", 0, 10_000), "where its memory begins there, unless every vGPU of a GPU is of one size"),
  ),
});
const HeldDeviceGroup = titled("device group", { name: DeviceGroup.entries.name, devices: v.exactOptional(Addresses) });

const Drs = titled("DRS", {
  enabled: v.exactOptional(Enabled),
  automation_level: v.exactOptional(described(oneOf(AUTOMATION_LEVELS), "fullyAutomated unless said")),
});

const Ha = titled("HA", {
  enabled: v.exactOptional(Enabled),
  host_failures_to_tolerate: v.exactOptional(described(whole("a whole number of hosts", 0, 1000), "1 unless said")),
  admission_control: v.exactOptional(
    described(oneOf(["resourcePercentage", "slotPolicy", "failoverHosts", "disabled"]), "resourcePercentage unless said"),
  ),
  cpu_percent: v.exactOptional(described(Percent, "computed from the host failures to tolerate unless said")),
  memory_percent: v.exactOptional(described(Percent, "computed from the host failures to tolerate unless said")),
  slot_cpu_mhz: v.exactOptional(described(whole("a whole number of MHz", 1, 1e9), "explicit slot size")),
  slot_memory_mb: v.exactOptional(described(MemoryMb, "explicit slot size")),
  failover_hosts: v.exactOptional(described(NameRanges, "the same as failover = true at each host")),
  default_restart_priority: v.exactOptional(described(RestartPriority, "medium unless said")),
});

const Device = titled("device", {
  address: v.exactOptional(described(Address, "one device: where it is")),
  count: v.exactOptional(described(whole("a whole number of devices", 1, 1024), "that many alike, whose addresses are made up")),
  id: Id,
  subsystem: v.exactOptional(pattern('a hexadecimal subsystem id in quotes, as in "10de:145f"', new RegExp(`^${HEX4}:${HEX4}$`))),
  revision: v.exactOptional(pattern('a hexadecimal revision in quotes, as in "a1"', new RegExp(`^${HEX2}$`))),
  label: v.exactOptional(described(Text, "hardware label; an empty one is none")),
  passthrough: v.exactOptional(described(oneOf(["active", "pending-reboot", "disabled", "vgpu"]), "active unless said")),
  healthy: v.exactOptional(Enabled),
  reserved: v.exactOptional(described(text("the reason, in 1 to 255 characters", 1, 255), "set aside, no capacity: why")),
  bar1_gb: v.exactOptional(described(Bar1Gb, "size of its large memory window, for what the catalogue lacks")),
  virtual_functions: v.exactOptional(described(whole("a whole number of functions", 1, 1024), "what it has for VMs (SR-IOV)")),
  vgpu_mode: v.exactOptional(
    described(oneOf(["sameSize", "mixedSize", "multiInstanceGpu"]), 'how it is shared, with passthrough = "vgpu"'),
  ),
});

const Nvswitch = titled("NVSwitch board", {
  modules: v.exactOptional(described(Addresses, "the board's GPUs in the order of their module ids")),
});

const Host = titled("host", {
  name: NameRange,
  id: v.exactOptional(described(Name, "managed object id, host-21")),
  esxi: pattern('an ESXi release in quotes, as in "8.0.2"', /^[0-9]{1,2}\.[0-9]{1,2}(\.[0-9]{1,3})?$/),
  cpu_mhz: described(whole("a whole number of MHz", 1, 1e9), "available to VMs"),
  cpu_core_mhz: v.exactOptional(described(whole("a whole number of MHz", 1, 1e6), "what one of its cores has")),
  memory_mb: described(whole("a whole number of MB", 1, 1e9), "available to VMs"),
  state: v.exactOptional(
    described(oneOf(["connected", "disconnected", "maintenance", "entering-maintenance", "standby"]), "connected unless said"),
  ),
  failover: v.exactOptional(described(Flag, "a dedicated failover host")),
  rebind_without_reboot: v.exactOptional(Flag),
  fault_domain: v.exactOptional(Name),
  datastores: v.exactOptional(Names),
  networks: v.exactOptional(Names),
  hardware_versions: v.exactOptional(v.array(HardwareVersion, "a list of hardware versions")),
  nvswitch: v.exactOptional(described(Nvswitch, "its GPUs stand on one NVSwitch board")),
  devices: v.exactOptional(v.array(Device, "a list of devices")),
});

const Holds = titled("devices of one kind", {
  id: Id,
  count: v.exactOptional(described(whole("a whole number of devices", 1, 1024), "1 unless said")),
  label: v.exactOptional(described(Text, "hardware label; without it the devices have none")),
});

const Vm = titled("VM", {
  name: NameRange,
  id: v.exactOptional(described(Name, "managed object id, vm-42")),
  uuid: v.exactOptional(described(Name, "BIOS uuid")),
  folder: v.exactOptional(described(Name, "VMs of one name are in different folders")),
  host: described(NameRange, "one for all VMs of a range, or as many hosts as VMs"),
  power: v.exactOptional(described(oneOf(["on", "off"]), "on unless said; one that is off holds nothing")),
  memory_mb: v.exactOptional(MemoryMb),
  memory_reservation_mb: v.exactOptional(described(MemoryMb, "memory_mb with devices, else 0, unless said")),
  cpu_reservation_mhz: v.exactOptional(CpuMhz),
  overhead_mb: v.exactOptional(MemoryMb),
  cpus: v.exactOptional(whole("a whole number of CPUs", 1, 10_000)),
  firmware: v.exactOptional(oneOf(["bios", "efi"])),
  hardware_version: v.exactOptional(HardwareVersion),
  resource_pool: v.exactOptional(Name),
  restart_priority: v.exactOptional(RestartPriority),
  drs: v.exactOptional(described(Drs, "an override for this VM")),
  static: v.exactOptional(described(Flag, "its devices are exact: it can't restart elsewhere")),
  devices: v.exactOptional(described(Addresses, "what it holds")),
  holds: v.exactOptional(described(v.array(Holds, "a list of kinds of devices"), "what it holds: any such devices of its host")),
  requests: v.exactOptional(described(Requests, "what it asks for at its next power-on")),
  vgpus: v.exactOptional(described(v.array(HeldVgpu, "a list of vGPUs"), "accepted, not judged")),
  device_groups: v.exactOptional(described(v.array(HeldDeviceGroup, "a list of device groups"), "accepted, not judged")),
});

const Planned = titled("planned VM", {
  name: NameRange,
  count: v.exactOptional(described(whole("a whole number of VMs", 1, 10_000), "1 unless said")),
  memory_mb: MemoryMb,
  memory_reservation_mb: v.exactOptional(described(MemoryMb, "memory_mb with devices, else 0, unless said")),
  cpu_reservation_mhz: v.exactOptional(CpuMhz),
  overhead_mb: v.exactOptional(MemoryMb),
  cpus: v.exactOptional(whole("a whole number of CPUs", 1, 10_000)),
  hardware_version: v.exactOptional(HardwareVersion),
  resource_pool: v.exactOptional(Name),
  restart_priority: v.exactOptional(RestartPriority),
  devices: v.exactOptional(Requests),
  ...Shared,
});

const Template = titled("VM template", {
  name: Name,
  uuid: v.exactOptional(Name),
  hardware_version: v.exactOptional(HardwareVersion),
  devices: v.exactOptional(Requests),
  ...Shared,
});

const ResourcePool = titled("resource pool", {
  name: Name,
  id: v.exactOptional(described(Name, "managed object id, resgroup-12")),
  parent: v.exactOptional(described(Name, "directly under the cluster unless said")),
  cpu_reservation_mhz: v.exactOptional(CpuMhz),
  cpu_limit_mhz: v.exactOptional(CpuMhz),
  memory_reservation_mb: v.exactOptional(MemoryMb),
  memory_limit_mb: v.exactOptional(MemoryMb),
  expandable: v.exactOptional(Enabled),
});

const HostRule = titled("VM-Host rule", {
  name: Name,
  vms: NameRanges,
  hosts: NameRanges,
  mandatory: v.exactOptional(Enabled),
});

const VmRule = titled("VM-VM rule", {
  name: Name,
  vms: NameRanges,
  type: oneOf(["separate", "together"]),
  mandatory: v.exactOptional(Enabled),
});

const Cluster = titled("cluster", {
  name: Name,
  datacenter: v.exactOptional(Name),
  vcenter: v.exactOptional(Name),
  id: v.exactOptional(described(Name, "managed object id, domain-c8")),
  resource_pool_id: v.exactOptional(described(Name, "managed object id of the root resource pool, resgroup-9")),
  accept: v.exactOptional(
    described(
      v.array(oneOf(["order-dependent", "impossible", "placement-dependent", "fails", "unknown"]), "a list of verdicts"),
      "verdicts that are no error here",
    ),
  ),
  drs: v.exactOptional(Drs),
  ha: v.exactOptional(Ha),
  hosts: v.exactOptional(v.array(Host, "a list of hosts")),
  vms: v.exactOptional(v.array(Vm, "a list of VMs")),
  planned: v.exactOptional(v.array(Planned, "a list of planned VMs")),
  templates: v.exactOptional(v.array(Template, "a list of templates")),
  resource_pools: v.exactOptional(v.array(ResourcePool, "a list of resource pools")),
  host_rules: v.exactOptional(v.array(HostRule, "a list of VM-Host rules")),
  vm_rules: v.exactOptional(v.array(VmRule, "a list of VM-VM rules")),
});

/** One inventory file. */
export const InventorySchema = titled("passthru inventory", {
  source: v.exactOptional(
    described(
      titled("source", {
        kind: described(Name, "vcenter, govc"),
        at: v.exactOptional(
          pattern('a moment such as "2026-11-23T10:00:00Z"', /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/),
        ),
        server: v.exactOptional(Name),
        complete: v.exactOptional(
          described(Flag, "every VM template, library item and VM of the datacenters is listed, those without devices too"),
        ),
      }),
      "where it was pulled from; a declared inventory has none",
    ),
  ),
  clusters: v.pipe(v.array(Cluster, "a list of clusters"), v.minLength(1, "a list of at least one cluster")),
  $schema: v.exactOptional(described(text("a text of at most 2000 characters", 0, 2000), "for editors: where this schema is")),
});

export type InventoryText = v.InferOutput<typeof InventorySchema>;
export type ClusterText = v.InferOutput<typeof Cluster>;
export type HostText = v.InferOutput<typeof Host>;
export type DeviceText = v.InferOutput<typeof Device>;
export type HoldsText = v.InferOutput<typeof Holds>;
export type VmText = v.InferOutput<typeof Vm>;
export type TemplateText = v.InferOutput<typeof Template>;
export type PlannedText = v.InferOutput<typeof Planned>;
export type RequestText = v.InferOutput<typeof Request>;

function titled<const T extends v.ObjectEntries>(title: string, entries: T) {
  return v.pipe(fields(entries), v.title(title));
}

/** An object with these fields and no others; `constructor` and other names that every object has are no fields either. */
function fields<const T extends v.ObjectEntries>(entries: T) {
  const own = Object.assign(Object.create(null) as object, entries);
  const schema = v.strictObject(own, "fields");
  const run: (typeof schema)["~run"] = (dataset, config) => {
    // valibot takes a list for an object: it is refused as null is.
    return schema["~run"](Array.isArray(dataset.value) ? { ...dataset, value: null } : dataset, config);
  };
  return { ...schema, "~run": run };
}

function text(expected: string, min: number, max: number) {
  return v.pipe(v.string(expected), v.minLength(min, expected), v.maxLength(max, expected));
}

function pattern(expected: string, regex: RegExp) {
  return v.pipe(v.string(expected), v.maxLength(255, expected), v.regex(regex, expected));
}

function whole(expected: string, min: number, max: number) {
  const message = `${expected} from ${min} to ${max}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
}

function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return v.picklist(values, values.length === 2 ? values.join(" or ") : `one of ${values.join(", ")}`);
}

function described<T extends v.GenericSchema>(schema: T, description: string) {
  return v.pipe(schema, v.description(description));
}

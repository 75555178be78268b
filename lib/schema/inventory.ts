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
const Percent = whole("a whole percentage", 1, 100);
const HardwareVersion = whole('a hardware version as a number such as 20 (for "vmx-20")', 3, 99);
const Id = pattern('a hexadecimal PCI id in quotes, "vendor:device" as in "10de:20f1"', PCI_ID);
const Address = pattern('a PCI address in quotes, as in "0000:af:00.0"', ADDRESS);
const RestartPriority = oneOf(RESTART_PRIORITIES);
const Enabled = described(Flag, "true unless said");

const Request = fields({
  allowed: v.exactOptional(described(v.array(Id, "a list of PCI ids"), "any of these; an empty list allows every id")),
  label: v.exactOptional(described(Text, "hardware label; an empty one is none")),
});
const Requests = v.array(Request, "a list of device requests");

const Drs = fields({
  enabled: v.exactOptional(Enabled),
  automation_level: v.exactOptional(described(oneOf(AUTOMATION_LEVELS), "fullyAutomated unless said")),
});

const Ha = fields({
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

const Device = fields({
  address: v.exactOptional(described(Address, "one device: where it is")),
  count: v.exactOptional(described(whole("a whole number of devices", 1, 1024), "that many alike, whose addresses are made up")),
  id: Id,
  subsystem: v.exactOptional(pattern('a hexadecimal subsystem id in quotes, as in "10de:145f"', new RegExp(`^${HEX4}:${HEX4}$`))),
  revision: v.exactOptional(pattern('a hexadecimal revision in quotes, as in "a1"', new RegExp(`^${HEX2}$`))),
  label: v.exactOptional(described(Text, "hardware label; an empty one is none")),
  passthrough: v.exactOptional(described(oneOf(["active", "pending-reboot", "disabled", "vgpu"]), "active unless said")),
  healthy: v.exactOptional(Enabled),
  reserved: v.exactOptional(described(text("the reason, in 1 to 255 characters", 1, 255), "set aside, no capacity: why")),
});

const Host = fields({
  name: NameRange,
  id: v.exactOptional(described(Name, "managed object id, host-21")),
  esxi: pattern('an ESXi release in quotes, as in "8.0.2"', /^[0-9]{1,2}\.[0-9]{1,2}(\.[0-9]{1,3})?$/),
  cpu_mhz: described(whole("a whole number of MHz", 1, 1e9), "available to VMs"),
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
  devices: v.exactOptional(v.array(Device, "a list of devices")),
});

const Vm = fields({
  name: NameRange,
  host: described(NameRange, "one for all VMs of a range, or as many hosts as VMs"),
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
  devices: v.exactOptional(described(v.array(Address, "a list of PCI addresses"), "what it holds")),
  requests: v.exactOptional(described(Requests, "what it asks for at its next power-on")),
});

const Planned = fields({
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
});

const Template = fields({
  name: Name,
  uuid: v.exactOptional(Name),
  hardware_version: v.exactOptional(HardwareVersion),
  devices: v.exactOptional(Requests),
});

const ResourcePool = fields({
  name: Name,
  parent: v.exactOptional(described(Name, "directly under the cluster unless said")),
  cpu_reservation_mhz: v.exactOptional(CpuMhz),
  cpu_limit_mhz: v.exactOptional(CpuMhz),
  memory_reservation_mb: v.exactOptional(MemoryMb),
  memory_limit_mb: v.exactOptional(MemoryMb),
  expandable: v.exactOptional(Enabled),
});

const HostRule = fields({
  name: Name,
  vms: NameRanges,
  hosts: NameRanges,
  mandatory: v.exactOptional(Enabled),
});

const VmRule = fields({
  name: Name,
  vms: NameRanges,
  type: oneOf(["separate", "together"]),
  mandatory: v.exactOptional(Enabled),
});

const Cluster = fields({
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
export const InventorySchema = fields({
  source: v.exactOptional(
    described(
      fields({
        kind: described(Name, "vcenter, govc"),
        at: v.exactOptional(
          pattern('a moment such as "2026-11-23T10:00:00Z"', /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/),
        ),
        server: v.exactOptional(Name),
      }),
      "where it was pulled from; a declared inventory has none",
    ),
  ),
  clusters: v.pipe(v.array(Cluster, "a list of clusters"), v.minLength(1, "a list of at least one cluster")),
});

export type InventoryText = v.InferOutput<typeof InventorySchema>;
export type ClusterText = v.InferOutput<typeof Cluster>;
export type HostText = v.InferOutput<typeof Host>;
export type DeviceText = v.InferOutput<typeof Device>;
export type VmText = v.InferOutput<typeof Vm>;
export type PlannedText = v.InferOutput<typeof Planned>;
export type RequestText = v.InferOutput<typeof Request>;

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

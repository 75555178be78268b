import * as v from "valibot";

// The JSON report as published in schema/report.json. A test holds it against the model's Report type, in both directions.

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Names = v.array(v.string());
const Address = v.pipe(v.string(), v.regex(/^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/));

const AdmissionCondition = v.picklist(["cpu", "memory", "hosts", "slots"]);

const Refusal = v.strictObject({
  host: v.exactOptional(v.string()),
  reason: v.picklist([
    "disconnected",
    "maintenance",
    "standby",
    "failover-host",
    "not-the-fixed-host",
    "hardware-version",
    "datastore",
    "network",
    "cpu",
    "memory",
    "bound-to-its-host",
    "no-matching-device",
    "no-free-device",
    "device-maximum",
    "host-rule",
    "vm-rule",
    "resource-pool",
    "admission-control",
    "memory-not-reserved",
    "memory-limit",
    "limit-below-reservation",
    "latency-sensitivity",
  ]),
  requested: v.exactOptional(described(v.number(), "MB, MHz, devices, percent, hosts, slots or a version, by the reason")),
  used: v.exactOptional(v.number()),
  capacity: v.exactOptional(v.number()),
  name: v.exactOptional(v.string()),
  resource: v.exactOptional(described(AdmissionCondition, "which resource a pool or a limit is short of, or which condition refuses")),
});

const Step = v.strictObject({
  action: v.picklist(["power-on", "power-off", "delete", "set-device"]),
  vm: described(v.string(), "the VM; for set-device the resource that changes the device"),
  host: v.exactOptional(v.string()),
  devices: v.exactOptional(v.array(Address)),
  refused: v.exactOptional(described(v.array(Refusal), "a failed power-on: why, host by host")),
});

const Steps = { steps: v.array(Step) };

const PowerOn = v.strictObject({
  verdict: v.picklist(["guaranteed", "order-dependent", "impossible", "unknown"]),
  canBeLeftOff: described(Names, "VMs that some legal outcome leaves off"),
  complete: described(v.boolean(), "false: canBeLeftOff lists what is proved so far"),
  failing: v.exactOptional(v.strictObject({ ...Steps, off: Names })),
  succeeding: v.exactOptional(described(v.strictObject(Steps), "one legal outcome of many")),
  why: v.exactOptional(Names),
});

const RefusedRestart = v.strictObject({
  vms: Names,
  by: described(v.array(Refusal), "why the hosts that are left don't take them, host by host"),
});

const Failover = v.strictObject({
  hostFailures: Count,
  verdict: v.picklist(["survives", "placement-dependent", "fails", "not-judged", "unknown"]),
  dependsOn: v.exactOptional(v.array(v.picklist(["order", "placement"]))),
  worst: v.exactOptional(
    described(
      v.strictObject({ hosts: Names, off: Names, refused: v.exactOptional(v.array(RefusedRestart)) }),
      "the worst of all failures, placements and orders",
    ),
  ),
  failing: v.exactOptional(
    described(
      v.strictObject({
        hosts: Names,
        placed: v.exactOptional(
          described(v.array(v.strictObject({ vm: v.string(), host: v.string() })), "where the batch's VMs are before"),
        ),
        restarts: described(
          v.array(v.strictObject({ vm: v.string(), host: v.exactOptional(v.string()) })),
          "in order; without host: none can take it",
        ),
        off: Names,
        refused: v.exactOptional(described(v.array(RefusedRestart), "where there is no worst")),
      }),
      "a failure that leaves VMs off, as it may come about: the worst, where that is known",
    ),
  ),
  tolerates: v.exactOptional(Count),
  why: v.exactOptional(Names),
});

const AdmissionControl = v.strictObject({
  policy: v.picklist(["resourcePercentage", "slotPolicy", "failoverHosts", "disabled"]),
  admits: v.boolean(),
  refusedBy: v.exactOptional(described(v.array(AdmissionCondition), "where it does not admit: the conditions that refuse")),
  cpuPercent: v.exactOptional(v.number()),
  memoryPercent: v.exactOptional(v.number()),
  required: v.exactOptional(described(v.number(), "percent, of CPU and, without requiredMemory, of memory")),
  requiredMemory: v.exactOptional(v.number()),
  slots: v.exactOptional(v.strictObject({ cpuMhz: v.number(), memoryMb: v.number(), total: Count, afterFailures: Count, needed: Count })),
});

const Maintenance = v.strictObject({
  blocked: described(
    v.array(v.strictObject({ host: v.string(), down: Names })),
    "hosts that can't be emptied, with the VMs that stay down",
  ),
});

const CapacityRow = v.strictObject({
  id: v.string(),
  label: v.exactOptional(v.string()),
  total: Count,
  used: Count,
  free: Count,
  freeAfterWorstFailure: v.exactOptional(Count),
  stranded: v.exactOptional(described(Count, "free after the worst failure, but matching no victim")),
});

const Device = v.strictObject({
  address: Address,
  madeUp: v.exactOptional(described(v.literal(true), "the address was made up, for one of a counted devices block")),
  id: v.string(),
  label: v.exactOptional(v.string()),
  passthrough: v.picklist(["active", "pending-reboot", "disabled", "vgpu"]),
  vm: v.exactOptional(described(v.string(), "who holds it in the outcome that is drawn")),
  running: v.exactOptional(described(v.boolean(), "false: a VM of the batch, one legal placement of many")),
  unavailable: v.exactOptional(v.string()),
  stranded: v.exactOptional(v.boolean()),
});

const Host = v.strictObject({
  name: v.string(),
  state: v.picklist(["connected", "disconnected", "maintenance", "entering-maintenance", "standby"]),
  failover: v.boolean(),
  devices: v.array(Device),
});

const Cluster = v.strictObject({
  name: v.string(),
  drs: v.string(),
  ha: v.string(),
  powerOn: PowerOn,
  failover: Failover,
  admissionControl: v.exactOptional(described(AdmissionControl, "what vCenter computes; absent with HA off")),
  maintenance: v.exactOptional(Maintenance),
  capacity: v.array(CapacityRow),
  hosts: v.array(Host),
});

const Source = v.strictObject({
  file: v.string(),
  line: v.pipe(v.number(), v.integer(), v.minValue(1)),
  column: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

const Vm = v.strictObject({ address: v.string(), name: v.string() });

const Finding = v.strictObject({
  rule: v.string(),
  severity: v.picklist(["error", "warning", "note"]),
  explains: v.exactOptional(
    described(
      v.picklist(["guaranteed", "order-dependent", "impossible", "survives", "placement-dependent", "fails", "not-judged", "unknown"]),
      "the verdict of its cluster that it says, or says the reason of",
    ),
  ),
  because: v.exactOptional(described(Names, "rules whose findings about the same VM or cluster say why: this is their consequence")),
  cluster: v.exactOptional(v.string()),
  resource: v.exactOptional(v.string()),
  constructPath: v.exactOptional(v.string()),
  source: v.exactOptional(Source),
  message: v.string(),
  fix: v.exactOptional(v.string()),
  suppressed: v.exactOptional(v.strictObject({ reason: v.string() })),
});

export const ReportSchema = v.pipe(
  v.strictObject({
    schemaVersion: v.literal("1"),
    verdict: described(v.picklist(["fits", "does-not-fit", "unknown"]), "the engine's alone: acceptance and --fail-on don't touch it"),
    gate: v.strictObject({ passes: v.boolean(), accepted: described(Names, "cluster: verdict") }),
    summary: v.strictObject({ stacks: Count, vms: Count, devices: Count, inventory: Names }),
    vms: v.exactOptional(described(v.array(Vm), "the short names of the batch's VMs")),
    clusters: v.array(Cluster),
    findings: v.array(Finding),
  }),
  v.title("passthru report"),
  v.description("What `passthru check --format json` writes. Memory in MB, CPU in MHz. What is absent does not apply or is not known."),
);

function described<const S extends v.GenericSchema>(schema: S, text: string) {
  return v.pipe(schema, v.description(text));
}

import { Random } from "../../clusters/random";
import { DeviceInput, HostInput, RequestInput, TemplateInput, VCenterInput, VmInput } from "../rig";

/** A small cluster as the simulator takes it, and VMs to be powered on in it. */
export interface Case {
  readonly seed: number;
  readonly input: VCenterInput;
  readonly batch: readonly BatchVm[];
  /** DRS chooses the hosts; else a VM starts where it was registered. */
  readonly automated: boolean;
}

export interface BatchVm {
  readonly name: string;
  readonly template: string;
  readonly memoryMb: number;
  readonly dependsOn: readonly string[];
  readonly restartPriority: string | undefined;
}

export const CLUSTER = "gpu";
/** Of every template and VM: a host with an older ESXi can't take them. */
export const HARDWARE_VERSION = 20;

const MODELS = ["10de:20f1", "1002:f7a1"]; // the second is above 32767: negative in the API
const SUBSYSTEMS = ["10de:145f", "10de:1533"];
const LABEL = "Training";

/** Draws a case; the same seed draws the same. */
export function drawCase(seed: number): Case {
  const random = new Random(seed);
  const automated = random.chance(0.85);
  const memoryMb = random.chance(0.3) ? 70_000 : 524_288; // two VMs of the smaller size, or no limit
  const hosts = Array.from({ length: random.between(2, 5) }, (_, index) => drawHost(random, `esx-0${index + 1}.lab`, memoryMb));
  const templates = Array.from({ length: random.between(1, 3) }, (_, index) => drawTemplate(random, `t-${index + 1}`));
  const plain: TemplateInput = { name: "plain", hardware_version: HARDWARE_VERSION, memory_mb: 1024 };
  return {
    seed,
    automated,
    input: {
      seed,
      clusters: [
        {
          name: CLUSTER,
          drs: { enabled: true, automation_level: automated ? "fullyAutomated" : "manual" },
          ha: { admission_control: "disabled" },
          hosts,
          vms: random.chance(0.35) ? drawRunning(random, hosts) : [],
          templates: [...templates, plain],
        },
      ],
    },
    batch: drawBatch(random, hosts, templates),
  };
}

function drawHost(random: Random, name: string, memoryMb: number): HostInput {
  return {
    name,
    esxi: random.chance(0.05) ? "7.0.2" : "8.0.2",
    cpu_mhz: 200_000,
    memory_mb: memoryMb,
    devices: Array.from({ length: random.between(1, 3) }, (_, index) => drawDevice(random, `0000:${index + 1}0:00.0`)),
  };
}

function drawDevice(random: Random, address: string): DeviceInput {
  return {
    address,
    id: random.weighted([
      [MODELS[0]!, 6],
      [MODELS[1]!, 1],
    ]),
    subsystem: random.pick(SUBSYSTEMS),
    passthrough: random.weighted([
      ["active", 20],
      ["disabled", 1],
    ]),
    ...(random.chance(0.35) ? { label: LABEL } : {}),
  };
}

function drawTemplate(random: Random, name: string): TemplateInput {
  const devices = Array.from(
    {
      length: random.weighted([
        [1, 3],
        [2, 1],
      ]),
    },
    () => drawRequest(random),
  );
  return { name, hardware_version: HARDWARE_VERSION, memory_mb: 1024, devices };
}

function drawRequest(random: Random): RequestInput {
  const allowed = random.weighted([
    [[MODELS[0]!], 6],
    [[...MODELS], 3],
    [[`${MODELS[0]}:${SUBSYSTEMS[0]}`], 1],
  ]);
  return { allowed, ...(random.chance(0.25) ? { label: LABEL } : {}) };
}

/** One VM that runs already, with the first active device of a host. */
function drawRunning(random: Random, hosts: readonly HostInput[]): readonly VmInput[] {
  const host = random.pick(hosts.filter(({ esxi }) => esxi !== "7.0.2"));
  const device = host?.devices?.find(({ passthrough }) => passthrough === "active");
  if (host === undefined || device === undefined) return [];
  const memory = { memory_mb: 32_768, memory_reservation_mb: 32_768, hardware_version: HARDWARE_VERSION };
  return [{ name: "existing", host: host.name, ...memory, requests: [{ allowed: [device.id] }], devices: [device.address] }];
}

function drawBatch(random: Random, hosts: readonly HostInput[], templates: readonly TemplateInput[]): readonly BatchVm[] {
  const devices = hosts.flatMap((host) => host.devices ?? []).length;
  const wanted = Math.max(1, Math.round(devices * (0.25 + 0.55 * random.fraction())));
  const batch: BatchVm[] = [];
  for (let asked = 0; asked < wanted && batch.length < 5;) {
    const template = random.chance(0.1) ? undefined : random.pick(templates);
    asked += template?.devices?.length ?? 0;
    batch.push({
      name: `vm-${batch.length + 1}`,
      template: template?.name ?? "plain",
      memoryMb: random.chance(0.8) ? 32_768 : 49_152,
      dependsOn: batch.length > 0 && random.chance(0.15) ? [random.pick(batch).name] : [],
      restartPriority: random.chance(0.15) ? random.pick(["high", "low"]) : undefined,
    });
  }
  return batch;
}

import {
  assumedOverheadMb,
  Cluster,
  Device,
  DeviceChange,
  DynamicRequest,
  HaSettings,
  Host,
  Inventory,
  known,
  parsePciAddress,
  parsePciId,
  PciAddress,
  Plan,
  PlannedShape,
  PlanVm,
  PoolRef,
  RunningVm,
  Source,
} from "../../lib/model";

/** The notation of the specification's worked examples, as model objects: `h1[A*2,T*1]`, `r(A,T)`. */
const SOURCE: Source = { file: "notation", line: 1 };

const DEVICES: Readonly<Record<string, { readonly id: string; readonly label?: string }>> = {
  A: { id: "10de:20f1" },
  T: { id: "10de:20f1", label: "Training" },
  I: { id: "10de:20f1", label: "Inference" },
  H: { id: "10de:2331" },
  F: { id: "10de:20f1:10de:145f" },
  S: { id: "10de:20f1:t=145f" },
  Z: { id: "10de:20f1:t=1533" },
};

/** `A*2,T`: two unlabelled A100 and one labelled Training, at 0000:01:00.0 and up. */
export function devices(text: string): readonly Device[] {
  const kinds = text
    .split(",")
    .filter(Boolean)
    .flatMap((part) => {
      const [kind, count = "1"] = part.split("*");
      return Array.from({ length: Number(count) }, () => DEVICES[kind!]!);
    });
  return kinds.map(({ id, label }, index) => ({
    address: address(index),
    addressDeclared: true,
    id: parsePciId(id)!,
    ...(label ? { label } : {}),
    passthrough: "active",
    healthy: true,
    source: SOURCE,
  }));
}

/** The device at a place in its host's list. */
export function address(index: number): PciAddress {
  return parsePciAddress(`0000:${(index + 1).toString(16).padStart(2, "0")}:00.0`)!;
}

/** `A`: r(A); `T`: r(A,T); `A|H`: either id; several with commas. */
export function requests(text: string): readonly DynamicRequest[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((request) => {
      const kinds = request.split("|").map((kind) => DEVICES[kind]!);
      const { label } = kinds[0]!;
      return { kind: "dynamic", allowed: kinds.map(({ id }) => parsePciId(id)!), ...(label ? { label } : {}) };
    });
}

/** `h1[A*2,T*1] h2[]`, each with the same `more`. Enough CPU and memory for everything unless said. */
export function hosts(text: string, more: Partial<Host> = {}): readonly Host[] {
  return text.split(" ").map((host) => {
    const [, name, inside] = /^(\w+)\[(.*)\]$/.exec(host)!;
    return {
      name: name!,
      id: `host-${name}`,
      esxi: "8.0.2",
      cpuMhz: 1_000_000,
      memoryMb: 100_000_000,
      state: "connected",
      failover: false,
      rebindWithoutReboot: false,
      devices: devices(inside!),
      source: SOURCE,
      ...more,
    };
  });
}

export function cluster(of: Partial<Cluster> & Pick<Cluster, "hosts">): Cluster {
  return {
    name: "c",
    drs: { enabled: true, automationLevel: "fullyAutomated", declared: true },
    accept: [],
    vms: [],
    planned: [],
    templates: [],
    resourcePools: [],
    hostRules: [],
    vmRules: [],
    source: SOURCE,
    ...of,
  };
}

export function ha(hostFailuresToTolerate: number, more: Partial<HaSettings> = {}): HaSettings {
  return { hostFailuresToTolerate, admissionControl: "disabled", defaultRestartPriority: "medium", ...more };
}

/** Runs on `host`, holding the devices at these places of its list. */
export function running(name: string, host: string, held: readonly number[], more: Partial<RunningVm> = {}): RunningVm {
  const memoryMb = more.memoryMb ?? 1024;
  const memoryReservationMb = more.memoryReservationMb ?? (held.length > 0 ? memoryMb : 0);
  return {
    name,
    host,
    memoryMb,
    memoryReservationMb,
    cpuReservationMhz: 0,
    overheadMb: assumedOverheadMb(memoryMb, held.length > 0),
    static: false,
    devices: held.map(address),
    source: SOURCE,
    ...more,
  };
}

/** A VM of the stack `s`, with devices as `requests` writes them. */
export function vm(name: string, devicesText: string, more: Partial<PlanVm> = {}): PlanVm {
  const memoryMb = more.memoryMb ?? known(1024);
  return {
    address: `vsphere_virtual_machine.${name}`,
    label: name,
    name: known(name),
    stack: "s",
    action: "from-stack",
    cluster: known({ by: "name", name: "c" }),
    cpus: known(1),
    memoryMb,
    memoryReservationMb: devicesText === "" ? known(0) : memoryMb,
    memoryLockedToMax: known(devicesText !== ""),
    cpuReservationMhz: known(0),
    firmware: known("efi"),
    datastores: [],
    networks: [],
    extraConfig: known({}),
    carriers: { template: known(requests(devicesText)), gpuIntent: false },
    createBeforeDestroy: false,
    ignoreChanges: [],
    dependsOn: [],
    source: SOURCE,
    ...more,
  };
}

/** Addresses of other VMs of the stack, for `dependsOn`. */
export function after(...names: readonly string[]): Pick<PlanVm, "dependsOn"> {
  return { dependsOn: names.map((name) => `vsphere_virtual_machine.${name}`) };
}

export function planned(name: string, devicesText: string, more: Partial<PlannedShape> = {}): PlannedShape {
  const memoryMb = more.memoryMb ?? 1024;
  const withDevices = devicesText !== "";
  return {
    name,
    count: 1,
    memoryMb,
    memoryReservationMb: withDevices ? memoryMb : 0,
    cpuReservationMhz: 0,
    overheadMb: assumedOverheadMb(memoryMb, withDevices),
    requests: requests(devicesText),
    source: SOURCE,
    ...more,
  };
}

export function change(name: string, host: string, index: number, more: Partial<DeviceChange>): DeviceChange {
  return {
    address: `passthru_host_device.${name}`,
    stack: "s",
    action: "from-stack",
    host: known({ by: "name", name: host }),
    pciAddress: known(address(index)),
    applyNow: known(true),
    dependsOn: [],
    source: SOURCE,
    ...more,
  };
}

export function plan(vms: readonly PlanVm[], deviceChanges: readonly DeviceChange[] = []): Plan {
  return { stacks: [{ name: "s", file: "cdk.tf.json", dependsOn: [] }], vms, deviceChanges, rules: [], notes: [] };
}

export function inventory(of: Cluster): Inventory {
  return { files: ["inventory.json"], clusters: [of] };
}

/** A pool of the stack by its name, wherever the inventory has it. */
export function poolNamed(name: string): PoolRef {
  return { path: [name], fromRoot: false, isMade: true };
}

import {
  Cluster,
  DeviceRequest,
  PlanVm,
  PlannedShape,
  RestartPriority,
  RunningVm,
  assumedOverheadMb,
  isOfOneHost,
  known,
  Maybe,
  poolOf,
} from "../../model";

/** What a VM needs of a host, whoever declared it. Memory in MB, CPU in MHz. */
export interface VmSpec {
  /** As the report names it. */
  readonly id: string;
  /** Its name in vSphere, by which the inventory's rules know it. */
  readonly name: string;
  readonly memoryMb: number;
  readonly reservationMb: number;
  readonly overheadMb: number;
  readonly cpuReservationMhz: number;
  /** Absent: none. */
  readonly cpuLimitMhz?: number;
  readonly memoryLimitMb?: number;
  /** `latency_sensitivity` is high. */
  readonly latencySensitive?: boolean;
  /** Absent: the newest that the host supports. */
  readonly hardwareVersion?: number;
  readonly requests: readonly DeviceRequest[];
  /** `host_system_id`: a host's name; undefined where it names a host that the cluster doesn't have. */
  readonly pin?: { readonly host: string | undefined };
  readonly resourcePool?: string;
  readonly datastores: readonly string[];
  readonly networks: readonly string[];
  readonly restartPriority: RestartPriority;
  /** Its devices are exact, or it has SR-IOV interfaces: it can't restart elsewhere. */
  readonly static: boolean;
  /** It has SR-IOV interfaces (M11): it starts on its pinned host, with its memory reserved. */
  readonly sriov?: boolean;
  /** P2 for this VM by an override that is already in force, or its absence. */
  readonly drs?: RunningVm["drs"];
}

/** Memory that a powered-on VM takes: reservation and overhead. */
export function memoryNeedMb(vm: Pick<VmSpec, "reservationMb" | "overheadMb">): number {
  return vm.reservationMb + vm.overheadMb;
}

/** Where a VM's devices hang on one host, it can't restart elsewhere. */
function isStatic(requests: readonly DeviceRequest[]): boolean {
  return requests.some(isOfOneHost);
}

export function plannedSpec(shape: PlannedShape, index: number, cluster: Cluster): VmSpec {
  const suffix = shape.count > 1 ? `[${index}]` : "";
  return {
    id: `planned.${shape.name}${suffix}`,
    name: shape.name + suffix,
    memoryMb: shape.memoryMb,
    reservationMb: shape.memoryReservationMb,
    overheadMb: shape.overheadMb,
    cpuReservationMhz: shape.cpuReservationMhz,
    ...defined({ hardwareVersion: shape.hardwareVersion, resourcePool: shape.resourcePool }),
    requests: shape.requests,
    datastores: [],
    networks: [],
    restartPriority: shape.restartPriority ?? defaultPriority(cluster),
    static: false,
  };
}

/** The spec of a running VM under the name that the report uses for it, restarting with `requests`. */
export function runningSpec(vm: RunningVm, id: string, requests: readonly DeviceRequest[], cluster: Cluster): VmSpec {
  return {
    id,
    name: vm.name,
    memoryMb: vm.memoryMb ?? vm.memoryReservationMb,
    reservationMb: vm.memoryReservationMb,
    overheadMb: vm.overheadMb,
    cpuReservationMhz: vm.cpuReservationMhz,
    ...defined({ hardwareVersion: vm.hardwareVersion, resourcePool: vm.resourcePool, drs: vm.drs }),
    requests,
    datastores: [],
    networks: [],
    restartPriority: vm.restartPriority ?? defaultPriority(cluster),
    static: vm.static || isStatic(requests),
  };
}

export interface Resolved {
  readonly requests: Maybe<readonly DeviceRequest[]>;
  readonly pin: Maybe<VmSpec["pin"]>;
  /** Of the inventory's template, where the VM sets none. */
  readonly hardwareVersion: number | undefined;
}

/** A stack's VM, or the first reason why it is not known well enough to be judged. */
export function plannedVmSpec(vm: PlanVm, resolved: Resolved, cluster: Cluster): Maybe<VmSpec> {
  const { memoryMb, memoryReservationMb, cpuReservationMhz, hardwareVersion, memoryLimitMb, cpuLimitMhz, restartPriority } = vm;
  const { requests, pin } = resolved;
  const pool = poolOf(vm, cluster.resourcePools);
  const needed = [
    memoryMb,
    memoryReservationMb,
    cpuReservationMhz,
    hardwareVersion,
    pool,
    requests,
    pin,
    restartPriority,
    memoryLimitMb,
    ...(reservesCpu(vm) ? [cpuLimitMhz] : []),
    ...(reservesCpu(vm) && reservesMemory(vm) ? [] : [vm.latencySensitivity]),
  ];
  for (const value of needed) if (value && !value.known) return value;
  if (!memoryMb.known || !memoryReservationMb.known || !cpuReservationMhz.known || !requests.known || !pin.known)
    throw new Error("checked above");
  return known({
    id: vm.address,
    name: vm.name.known ? vm.name.value : "",
    memoryMb: memoryMb.value,
    reservationMb: memoryReservationMb.value,
    overheadMb: assumedOverheadMb(memoryMb.value, requests.value.length > 0),
    cpuReservationMhz: cpuReservationMhz.value,
    ...defined({
      cpuLimitMhz: cpuLimitMhz?.known ? cpuLimitMhz.value : undefined,
      memoryLimitMb: memoryLimitMb?.known ? memoryLimitMb.value : undefined,
      latencySensitive: vm.latencySensitivity?.known && vm.latencySensitivity.value === "high" ? true : undefined,
      sriov: vm.carriers.sriov === undefined ? undefined : true,
      hardwareVersion: hardwareVersion?.known ? hardwareVersion.value : resolved.hardwareVersion,
      resourcePool: pool.known ? pool.value?.pool?.name : undefined,
      pin: pin.value,
    }),
    requests: requests.value,
    datastores: vm.datastores,
    networks: vm.networks,
    restartPriority: restartPriority?.known ? restartPriority.value : defaultPriority(cluster),
    static: isStatic(requests.value) || vm.carriers.sriov !== undefined,
  });
}

/** Whether a limit may be below what is reserved. */
function reservesCpu({ cpuReservationMhz }: PlanVm): boolean {
  return !cpuReservationMhz.known || cpuReservationMhz.value > 0;
}

function reservesMemory({ memoryMb, memoryReservationMb }: PlanVm): boolean {
  return memoryMb.known && memoryReservationMb.known && memoryMb.value === memoryReservationMb.value;
}

function defaultPriority(cluster: Cluster): RestartPriority {
  return cluster.ha?.defaultRestartPriority ?? "medium";
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without its undefined fields. */
export function defined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
}

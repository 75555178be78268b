import {
  Cluster,
  DeviceChange,
  DeviceRequest,
  Host,
  Maybe,
  PciAddress,
  Plan,
  PlanRule,
  PlanVm,
  RefusalReason,
  RestartPriority,
  RunningVm,
} from "../../lib/model";
import { assumedOverheadMb } from "../../lib/model";
import { alikeDevices } from "./alike";
import { eventsOf } from "./events";

/**
 * What the specification makes of a plan and a cluster, in full and one by one: nothing is grouped, counted or left out,
 * because this is what the engine is judged by. Written from the specification alone.
 */
export interface Problem {
  readonly cluster: Cluster;
  readonly hosts: readonly Host[];
  /** Every device of every host; a set of devices is a bit mask over this list. */
  readonly devices: readonly PlacedDevice[];
  /** For each device the set of those that nothing in play tells from it. */
  readonly alike: readonly number[];
  readonly bodies: readonly Body[];
  readonly events: readonly Event[];
  readonly changes: readonly DeviceChange[];
  /** Mandatory rules of the plan: in force at failover, not before (O3). */
  readonly planRules: readonly PlanRule[];
  /** N; absent: failover is not judged. */
  readonly hostFailures?: number;
  /** `--fault-domains`: each declared fault domain fails as a whole, too. */
  readonly faultDomains: boolean;
  /** `--defrag movable`. */
  readonly defrag: boolean;
}

/** What a run of the command can ask for. */
export interface Options {
  readonly hostFailures?: number;
  readonly faultDomains?: boolean;
  readonly defrag?: "movable";
}

export interface PlacedDevice {
  readonly host: number;
  readonly address: PciAddress;
  readonly vendor: number;
  readonly device: number;
  readonly subVendor?: number;
  readonly subDevice?: number;
  readonly revision?: number;
}

/** What changes about a device: its label, and whether passthrough is active. */
export interface DeviceNow {
  readonly label: string | undefined;
  readonly state: "active" | "pending-reboot" | "disabled" | "vgpu";
}

/** A VM as it runs now, or as an event powers it on. A reboot and a replacement have two: before and after. */
export interface Body {
  /** As the report names it. */
  readonly name: string;
  /** Its name in vSphere, which the rules in force speak of. */
  readonly vm: string;
  readonly requests: readonly DeviceRequest[];
  /** Exact devices: it fits there only, and never restarts. */
  readonly static: boolean;
  readonly cpuMhz: number;
  /** Reservation and overhead. */
  readonly memoryMb: number;
  readonly hardwareVersion?: number;
  readonly pool?: string;
  readonly datastores: readonly string[];
  readonly networks: readonly string[];
  readonly priority: RestartPriority;
  /** P1: DRS picks; P2: the host is fixed, to `fixedHost` where that is set, else to any that could run it. */
  readonly drsPicks: boolean;
  readonly fixedHost?: number;
  /** Without devices, and DRS moves it by itself: `--defrag movable` may. */
  readonly movable: boolean;
  /** Reasons that refuse its first power-on whatever the host. */
  readonly refusedEverywhere: readonly RefusalReason[];
  /** Where it is at the beginning. */
  readonly running?: Place;
}

export interface Place {
  readonly host: number;
  readonly held: number;
}

/** One step that the plan can take. `after`: indexes of the events that must have succeeded before. */
export type Event =
  | { readonly kind: "power-on"; readonly body: number; readonly reboot: boolean; readonly after: readonly number[] }
  | { readonly kind: "power-off" | "delete"; readonly body: number; readonly after: readonly number[] }
  | { readonly kind: "set-device"; readonly change: number; readonly after: readonly number[] };

export function problemOf(plan: Plan, cluster: Cluster, options: Options & { readonly tellAlikeApart?: boolean } = {}): Problem {
  const { hosts } = cluster;
  const devices = hosts.flatMap((host, index) =>
    host.devices.map((device): PlacedDevice => ({ host: index, address: device.address, ...device.id })),
  );
  if (devices.length > 32) throw new Error("a set of devices is a 32 bit mask");

  const running = cluster.vms.map((vm) => runningBody(vm, plan, cluster, devices));
  const changes = plan.deviceChanges.filter(
    (change) => change.action !== "none" && change.action !== "delete" && changesSomething(change, hosts),
  );
  const { bodies, events } = eventsOf(plan, cluster, running, changes);
  const planRules = plan.rules.filter(({ mandatory, enabled }) => value(mandatory) && value(enabled));
  const hostFailures = options.hostFailures ?? cluster.ha?.hostFailuresToTolerate;
  return {
    cluster,
    hosts,
    devices,
    alike: options.tellAlikeApart ? devices.map((_, device) => 1 << device) : alikeDevices(hosts, devices, bodies, changes),
    bodies,
    events,
    changes,
    planRules,
    ...(hostFailures === undefined ? {} : { hostFailures }),
    faultDomains: options.faultDomains ?? false,
    defrag: options.defrag === "movable",
  };
}

/** A device that is already as the change wants it is no event. */
function changesSomething(change: DeviceChange, hosts: readonly Host[]): boolean {
  const ref = value(change.host);
  const host = hosts.find(({ name, id }) => (ref.by === "name" ? name === ref.name : id === ref.id));
  const device = host?.devices.find(({ address }) => address === value(change.pciAddress));
  if (!device) return false;
  const enabled = change.enabled && value(change.enabled);
  const switches = (enabled === true && device.passthrough === "disabled") || (enabled === false && device.passthrough !== "disabled");
  return switches || (change.hardwareLabel !== undefined && value(change.hardwareLabel) !== device.label);
}

function runningBody(vm: RunningVm, plan: Plan, cluster: Cluster, devices: readonly PlacedDevice[]): Body {
  const host = cluster.hosts.findIndex(({ name }) => name === vm.host);
  const stackVm = plan.vms.find((candidate) => value(candidate.name) === vm.name);
  const held = maskOf(devices, host, vm.devices);
  return {
    name: stackVm?.address ?? vm.name,
    vm: vm.name,
    requests: restartRequests(vm, stackVm, cluster.hosts[host]!),
    static: vm.static,
    cpuMhz: vm.cpuReservationMhz,
    memoryMb: vm.memoryReservationMb + vm.overheadMb,
    ...(vm.hardwareVersion === undefined ? {} : { hardwareVersion: vm.hardwareVersion }),
    ...(vm.resourcePool === undefined ? {} : { pool: vm.resourcePool }),
    datastores: [],
    networks: [],
    priority: priorityOf(stackVm, vm, cluster),
    drsPicks: drsPicks(cluster, vm),
    fixedHost: host,
    movable: vm.devices.length === 0 && isMovable(cluster, vm, stackVm?.address ?? vm.name, plan),
    refusedEverywhere: [],
    running: { host, held },
  };
}

/** F2: what the inventory declares, else what the stack asks for, else vendor:device and label of what it holds. */
function restartRequests(vm: RunningVm, stackVm: PlanVm | undefined, host: Host): readonly DeviceRequest[] {
  if (vm.static) return vm.devices.map((address) => ({ kind: "static", address }));
  if (vm.requests) return vm.requests;
  if (stackVm && stackVm.action !== "delete") return requestsOf(stackVm);
  return vm.devices.map((address) => {
    const { id, label } = host.devices.find((device) => device.address === address)!;
    return { kind: "dynamic", allowed: [{ vendor: id.vendor, device: id.device }], ...(label === undefined ? {} : { label }) };
  });
}

/** The VM as its next power-on will have it. `stays`: a reboot, which keeps its host under P2. */
export function stackBody(vm: PlanVm, plan: Plan, cluster: Cluster, before: RunningVm | undefined, stays: boolean): Body {
  const requests = requestsOf(vm);
  const memoryMb = value(vm.memoryMb);
  const reserved = value(vm.memoryReservationMb);
  const hardwareVersion = vm.hardwareVersion && value(vm.hardwareVersion);
  const host = vm.host && hostIndex(cluster, vm);
  const fixedHost = stays ? cluster.hosts.findIndex(({ name }) => name === before!.host) : host;
  return {
    name: vm.address,
    vm: value(vm.name),
    requests,
    static: requests.some(({ kind }) => kind === "static"),
    cpuMhz: value(vm.cpuReservationMhz),
    memoryMb: reserved + assumedOverheadMb(memoryMb, requests.length > 0),
    ...(hardwareVersion === undefined ? {} : { hardwareVersion }),
    ...(vm.resourcePool ? { pool: value(vm.resourcePool).path.at(-1)! } : {}),
    datastores: vm.datastores,
    networks: vm.networks,
    priority: priorityOf(vm, stays ? before : undefined, cluster),
    drsPicks: drsPicks(cluster, stays ? before : undefined),
    ...(fixedHost === undefined ? {} : { fixedHost }),
    movable: requests.length === 0 && isMovable(cluster, stays ? before : undefined, vm.address, plan),
    refusedEverywhere: everywhere(requests, memoryMb, reserved, hardwareVersion, vm.memoryLimitMb !== undefined),
  };
}

export function plannedBodies(plan: Plan, cluster: Cluster): readonly Body[] {
  return cluster.planned.flatMap((shape) =>
    Array.from({ length: shape.count }, (_, index): Body => ({
      name: shape.count > 1 ? `planned.${shape.name}[${index}]` : `planned.${shape.name}`,
      vm: shape.name,
      requests: shape.requests,
      static: false,
      cpuMhz: shape.cpuReservationMhz,
      memoryMb: shape.memoryReservationMb + shape.overheadMb,
      ...(shape.hardwareVersion === undefined ? {} : { hardwareVersion: shape.hardwareVersion }),
      ...(shape.resourcePool === undefined ? {} : { pool: shape.resourcePool }),
      datastores: [],
      networks: [],
      priority: shape.restartPriority ?? cluster.ha?.defaultRestartPriority ?? "medium",
      drsPicks: drsPicks(cluster, undefined),
      movable: shape.requests.length === 0 && isMovable(cluster, undefined, shape.name, plan),
      refusedEverywhere: everywhere(shape.requests, shape.memoryMb, shape.memoryReservationMb, shape.hardwareVersion, false),
    })),
  );
}

/** Section 3, "refused whatever the host". */
function everywhere(
  requests: readonly DeviceRequest[],
  memoryMb: number,
  reservedMb: number,
  hardwareVersion: number | undefined,
  limited: boolean,
): readonly RefusalReason[] {
  if (requests.length === 0) return [];
  const old = requests.some(({ kind }) => kind === "dynamic") && hardwareVersion !== undefined && hardwareVersion < 17;
  return [
    ...(old ? ["hardware-version" as const] : []),
    ...(reservedMb !== memoryMb ? ["memory-not-reserved" as const] : []),
    ...(limited ? ["memory-limit" as const] : []),
  ];
}

/** P1 or P2: an override in force decides where DRS is on. */
function drsPicks({ drs }: Cluster, running: RunningVm | undefined): boolean {
  const { enabled, automationLevel } = running?.drs ?? drs;
  return drs.enabled && enabled && automationLevel !== "manual";
}

/** F2: DRS is fully automated for it, by the plan's override if there is one (O3), else by the inventory's, else by the cluster's. */
function isMovable({ drs }: Cluster, running: RunningVm | undefined, name: string, plan: Plan): boolean {
  const planned = plan.rules.find(({ kind, vms }) => kind === "drs-override" && value(vms).includes(name));
  const before = running?.drs ?? drs;
  const level = planned?.drsLevel ? value(planned.drsLevel) : before.enabled ? before.automationLevel : "off";
  return drs.enabled && drs.automationLevel === "fullyAutomated" && level === "fullyAutomated";
}

function priorityOf(vm: PlanVm | undefined, running: RunningVm | undefined, { ha }: Cluster): RestartPriority {
  const declared = vm?.restartPriority && value(vm.restartPriority);
  return declared ?? running?.restartPriority ?? ha?.defaultRestartPriority ?? "medium";
}

/** The problems that are referred here carry their requests in the stack itself. */
export function requestsOf({ carriers }: PlanVm): readonly DeviceRequest[] {
  if (carriers.template) return value(carriers.template);
  return carriers.static ? value(carriers.static).map((address) => ({ kind: "static", address })) : [];
}

function hostIndex(cluster: Cluster, vm: PlanVm): number {
  const ref = value(vm.host!);
  return cluster.hosts.findIndex((host) => (ref.by === "name" ? host.name === ref.name : host.id === ref.id));
}

export function maskOf(devices: readonly PlacedDevice[], host: number, addresses: readonly PciAddress[]): number {
  return addresses.reduce((mask, address) => {
    const index = devices.findIndex((device) => device.host === host && device.address === address);
    if (index < 0) throw new Error(`no device ${address} on host ${host}`);
    return mask | (1 << index);
  }, 0);
}

/** Nothing that is referred here is unknown, except undeclared sub-ids. */
export function value<T>(maybe: Maybe<T>): T {
  if (!maybe.known) throw new Error(`unknown: ${maybe.why}`);
  return maybe.value;
}

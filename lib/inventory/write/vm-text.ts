import {
  assumedOverheadMb,
  Device,
  DrsOverride,
  DynamicRequest,
  ExistingVm,
  formatPciId,
  PciAddress,
  PlannedShape,
  RunningVm,
  SharedDevices,
  Template,
} from "../../model";
import { ClusterText, HoldsText, PlannedText, RequestText, VmText } from "../../schema";
import { DRS } from "../defaults";
import { withoutRange } from "../range";
import { filled, given, unless } from "../given";
import { Note } from "./written";

/** A VM that runs, with the devices of its host. */
export function runningVmText(vm: RunningVm, ofHost: ReadonlyMap<PciAddress, Device>, note: Note): VmText {
  const byKind = new Set(vm.heldByKind);
  const { requests, drs, ...text } = existingVmText(vm, vm.devices.length > 0, note);
  return note(
    vm,
    given({
      ...text,
      devices: filled(vm.devices.filter((address) => !byKind.has(address))),
      drs,
      holds: filled(holdsText([...byKind].flatMap((address) => ofHost.get(address) ?? []))),
      requests,
    }),
  );
}

/** All of a VM but what it holds. */
export function existingVmText(vm: ExistingVm, holds: boolean, note: Note): VmText {
  const hasDevices = holds || (vm.requests ?? []).length > 0 || carriesShared(vm);
  return given({
    name: withoutRange(vm.name),
    id: vm.id,
    uuid: vm.uuid,
    folder: vm.folder,
    host: withoutRange(vm.host),
    ...memoryText(vm, hasDevices),
    cpus: vm.cpus,
    firmware: vm.firmware as VmText["firmware"],
    hardware_version: vm.hardwareVersion,
    resource_pool: vm.resourcePool,
    restart_priority: vm.restartPriority,
    static: unless(false, vm.static),
    drs: vm.drs && note(vm.drs, drsText(vm.drs)),
    requests: vm.requests?.map((request) => note(request, requestText(request))),
    ...sharedText(vm, note),
  });
}

/** Counted by kind, each kind once. */
function holdsText(devices: readonly Device[]): HoldsText[] {
  const kinds = new Map<string, { id: string; count: number; label?: string }>();
  for (const { id, label } of devices) {
    const key = JSON.stringify([formatPciId(id), label]);
    const before = kinds.get(key);
    kinds.set(key, given({ id: formatPciId(id), count: (before?.count ?? 0) + 1, label }));
  }
  return [...kinds.values()];
}

function carriesShared({ vgpus = [], deviceGroups = [] }: SharedDevices): boolean {
  return vgpus.length > 0 || deviceGroups.length > 0;
}

function sharedText({ vgpus = [], deviceGroups = [] }: SharedDevices, note: Note): Pick<VmText, "vgpus" | "device_groups"> {
  return given({
    vgpus: filled(
      vgpus.map((vgpu) => {
        const { profile, count, device, start } = vgpu;
        return note(vgpu, given({ profile, count: unless(1, count), device, start }));
      }),
    ),
    device_groups: filled(
      deviceGroups.map((group) => note(group, given({ name: group.name, devices: group.devices && [...group.devices] }))),
    ),
  });
}

export function plannedText(shape: PlannedShape, note: Note): PlannedText {
  return note(
    shape,
    given({
      name: withoutRange(shape.name),
      count: unless(1, shape.count),
      memory_mb: shape.memoryMb,
      ...memoryText(shape, shape.requests.length > 0 || carriesShared(shape)),
      cpus: shape.cpus,
      hardware_version: shape.hardwareVersion,
      resource_pool: shape.resourcePool,
      restart_priority: shape.restartPriority,
      devices: filled(shape.requests.map((request) => note(request, requestText(request)))),
      ...sharedText(shape, note),
    }),
  );
}

export function templateText(template: Template, note: Note): NonNullable<ClusterText["templates"]>[number] {
  return note(
    template,
    given({
      name: template.name,
      uuid: template.uuid,
      hardware_version: template.hardwareVersion,
      devices: filled(template.requests.map((request) => note(request, requestText(request)))),
      ...sharedText(template, note),
    }),
  );
}

export function drsText({ enabled, automationLevel }: DrsOverride): NonNullable<ClusterText["drs"]> {
  return given({ enabled: unless(DRS.enabled, enabled), automation_level: automationLevel });
}

function requestText({ allowed, label }: DynamicRequest): RequestText {
  return given({ allowed: allowed.map(formatPciId), label });
}

type Needs = Pick<ExistingVm, "memoryMb" | "memoryReservationMb" | "cpuReservationMhz" | "overheadMb">;

/** A reservation is said wherever there could be another. */
function memoryText(
  vm: Needs,
  hasDevices: boolean,
): Pick<VmText, "memory_mb" | "memory_reservation_mb" | "cpu_reservation_mhz" | "overhead_mb"> {
  const assumed = assumedOverheadMb(vm.memoryMb ?? vm.memoryReservationMb, hasDevices);
  return given({
    memory_mb: vm.memoryMb,
    memory_reservation_mb: hasDevices ? vm.memoryReservationMb : unless(0, vm.memoryReservationMb),
    cpu_reservation_mhz: unless(0, vm.cpuReservationMhz),
    overhead_mb: unless(assumed, vm.overheadMb),
  });
}

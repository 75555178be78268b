import { assumedOverheadMb, DrsOverride, DynamicRequest, formatPciId, PlannedShape, RunningVm, Template } from "../../model";
import { ClusterText, PlannedText, RequestText, VmText } from "../../schema";
import { DRS } from "../defaults";
import { withoutRange } from "../range";
import { filled, given, unless } from "./given";

/** Carries the notes of a part over to its text. */
export type Note = <T extends object>(part: object, text: T) => T;

export function vmText(vm: RunningVm, note: Note): VmText {
  const hasDevices = vm.devices.length > 0 || (vm.requests ?? []).length > 0;
  return note(
    vm,
    given({
      name: withoutRange(vm.name),
      host: withoutRange(vm.host),
      ...memoryText(vm, hasDevices),
      cpus: vm.cpus,
      firmware: vm.firmware as VmText["firmware"],
      hardware_version: vm.hardwareVersion,
      resource_pool: vm.resourcePool,
      restart_priority: vm.restartPriority,
      static: unless(false, vm.static),
      devices: filled(vm.devices),
      drs: vm.drs && note(vm.drs, drsText(vm.drs)),
      requests: vm.requests?.map((request) => note(request, requestText(request))),
    }),
  );
}

export function plannedText(shape: PlannedShape, note: Note): PlannedText {
  return note(
    shape,
    given({
      name: withoutRange(shape.name),
      count: unless(1, shape.count),
      memory_mb: shape.memoryMb,
      ...memoryText(shape, shape.requests.length > 0),
      cpus: shape.cpus,
      hardware_version: shape.hardwareVersion,
      resource_pool: shape.resourcePool,
      restart_priority: shape.restartPriority,
      devices: filled(shape.requests.map((request) => note(request, requestText(request)))),
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
    }),
  );
}

export function drsText({ enabled, automationLevel }: DrsOverride): NonNullable<ClusterText["drs"]> {
  return given({ enabled: unless(DRS.enabled, enabled), automation_level: automationLevel });
}

function requestText({ allowed, label }: DynamicRequest): RequestText {
  return given({ allowed: allowed.map(formatPciId), label });
}

type Needs = Pick<RunningVm, "memoryMb" | "memoryReservationMb" | "cpuReservationMhz" | "overheadMb">;

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

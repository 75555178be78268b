import {
  counted,
  Device,
  distinct,
  DynamicRequest,
  formatPciId,
  Host,
  listing,
  matchesId,
  matchingSize,
  quoted,
  RunningVm,
} from "../model";
import { VmText } from "../schema";
import { Context } from "./context";

// What no vCenter shows of a VM that runs or is off, if it is well: a mistake in an inventory that somebody wrote. One that was
// pulled may show it all the same, in the moment of a change: it is read as it is.

export function refuseHolding(text: VmText, name: string, context: Context): void {
  for (const field of ["devices", "holds"] as const) {
    if (text[field]?.length) context.mistake(text, field, `vm ${quoted(name)} is off, and so holds nothing: expected no ${field}`);
  }
}

export function refuseIdleHost(text: VmText, name: string, { name: host, state }: Host, context: Context): void {
  if (context.isPulled || (state !== "maintenance" && state !== "standby")) return;
  const message = `vm ${quoted(name)} runs on host ${quoted(host)}, which is in ${state}, where no VM can run: expected another host, or power = "off"`;
  context.mistake(text, "host", message);
}

/** What is bound to exact devices holds them. */
export function refuseStaticWithNone(vm: RunningVm, text: VmText, context: Context): void {
  if (context.isPulled || !vm.static || (text.devices?.length ?? 0) + (text.holds?.length ?? 0) > 0) return;
  if (!(["devices", "holds"] as const).every((field) => context.isWhole(text, field, text[field]))) return;
  const message = `vm ${quoted(vm.name)} has static devices and holds none: expected devices to say which, or no static`;
  context.mistake(text, "static", message);
}

/** A VM that runs holds a device for each that it asks for, with an id that it asks for. Labels may have changed under it. */
export function refuseOddRequests(vm: RunningVm, text: VmText, host: Host, context: Context): void {
  const { name, requests, devices, static: exact } = vm;
  if (context.isPulled || !requests || exact || context.hostsWithGaps.has(host.name)) return;
  if (!(["devices", "holds", "requests"] as const).every((field) => context.isWhole(text, field, text[field]))) return;
  const held = host.devices.filter(({ address }) => devices.includes(address));
  const said = (text.devices ?? []).length + (text.holds ?? []).reduce((sum, { count }) => sum + (count ?? 1), 0);
  if (held.length < said) return;
  if (held.length < requests.length) {
    const asks = `vm ${quoted(name)} runs and asks for ${counted(requests.length, "device")}, so it holds as many, found ${held.length}`;
    context.mistake(text, "requests", `${asks}: expected devices or holds to say which, or power = "off"`);
    return;
  }
  const mayBeFor = ({ allowed }: (typeof requests)[number], device: Device): boolean => matchesId(allowed, device.id) !== false;
  if (matchingSize(requests, held, mayBeFor) === held.length) return;
  const odd = held.filter((device) => !requests.some((request) => mayBeFor(request, device)));
  const message =
    odd.length > 0
      ? `vm ${quoted(name)} holds ${odd[0]!.address}, which is ${formatPciId(odd[0]!.id)}: its requests allow only ${allowedIds(requests)}`
      : `vm ${quoted(name)} holds ${counted(held.length, "device")}, more than its requests can have asked for`;
  context.mistake(text, "requests", message);
}

function allowedIds(requests: readonly DynamicRequest[]): string {
  return listing(distinct(requests.flatMap(({ allowed }) => allowed.map(formatPciId))));
}

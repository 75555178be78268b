import { assumedOverheadMb, Device, Host, parsePciAddress, PciAddress, quoted, RunningVm } from "../model";
import { ClusterText, VmText } from "../schema";
import { Context } from "./context";
import { requestsOf } from "./requests";

/** The VMs that run, each on a host that is there and holding what that host has. */
export function runningVmsOf(cluster: ClusterText, hosts: ReadonlyMap<string, Host>, context: Context): readonly RunningVm[] {
  const texts = cluster.vms ?? [];
  context.refuseTwice(texts, "vm", `cluster ${quoted(cluster.name)}`);
  const holders = new Map<string, string>();
  return texts.map((text) => {
    const devices = (text.devices ?? []).map((address) => parsePciAddress(address)!);
    const host = hosts.get(text.host);
    if (host) holdDevices(text, devices, host, holders, context);
    else if (context.isWhole(cluster, "hosts", cluster.hosts)) {
      const message = `host ${quoted(text.host)} of vm ${quoted(text.name)} is not declared${context.hint(text.host, hosts.keys())}`;
      context.mistake(text, "host", message);
    }
    return runningVmOf(text, devices, context);
  });
}

function runningVmOf(text: VmText, devices: readonly PciAddress[], context: Context): RunningVm {
  const requests = text.requests && requestsOf(text.requests, context);
  const hasDevices = devices.length > 0 || (requests ?? []).length > 0;
  if (hasDevices && text.memory_mb === undefined && text.memory_reservation_mb === undefined) {
    context.mistake(
      text,
      undefined,
      `vm ${quoted(text.name)} has devices: expected memory_mb or memory_reservation_mb, as its memory is reserved`,
    );
  }
  const memory = text.memory_mb ?? text.memory_reservation_mb ?? 0;
  return {
    name: text.name,
    host: text.host,
    ...(text.memory_mb === undefined ? {} : { memoryMb: text.memory_mb }),
    memoryReservationMb: text.memory_reservation_mb ?? (hasDevices ? memory : 0),
    cpuReservationMhz: text.cpu_reservation_mhz ?? 0,
    overheadMb: text.overhead_mb ?? assumedOverheadMb(memory, hasDevices),
    ...(text.cpus === undefined ? {} : { cpus: text.cpus }),
    ...(text.firmware === undefined ? {} : { firmware: text.firmware }),
    ...(text.hardware_version === undefined ? {} : { hardwareVersion: text.hardware_version }),
    ...(text.resource_pool === undefined ? {} : { resourcePool: text.resource_pool }),
    ...(text.restart_priority === undefined ? {} : { restartPriority: text.restart_priority }),
    ...(text.drs && { drs: { enabled: text.drs.enabled ?? true, automationLevel: text.drs.automation_level ?? "fullyAutomated" } }),
    static: text.static ?? false,
    devices,
    ...(requests && { requests }),
    source: context.source(text),
  };
}

function holdDevices(text: VmText, addresses: readonly PciAddress[], host: Host, holders: Map<string, string>, context: Context): void {
  const isWhole = !context.hostsWithGaps.has(host.name);
  addresses.forEach((address, index) => {
    const device = host.devices.find((candidate) => candidate.address === address && candidate.addressDeclared);
    const place = `${host.name} ${address}`;
    const holder = holders.get(place);
    const wrong = device
      ? unfit(device)
      : isWhole
        ? `is not on host ${quoted(host.name)}${knownDevices(address, host, context)}`
        : undefined;
    if (wrong !== undefined) context.mistake(text.devices!, index, `device ${quoted(address)} of vm ${quoted(text.name)} ${wrong}`);
    else if (holder !== undefined) {
      context.mistake(text.devices!, index, `device ${quoted(address)} of vm ${quoted(text.name)} is held by vm ${quoted(holder)} already`);
    }
    holders.set(place, text.name);
  });
}

/** A VM can't be running with a device that is not passed through. One that is pending a reboot may be on its way out. */
function unfit(device: Device): string | undefined {
  if (device.passthrough === "disabled") return "can't be held: its passthrough is disabled";
  if (device.passthrough === "vgpu") return "can't be held: it is in vGPU mode";
  return undefined;
}

function knownDevices(address: PciAddress, host: Host, context: Context): string {
  const declared = host.devices.filter(({ addressDeclared }) => addressDeclared).map((device) => device.address);
  if (declared.length > 0) return context.hint(address, declared);
  return host.devices.length > 0 ? ": its devices are counted; declare each by its address" : ", which has no devices";
}

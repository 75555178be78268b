import { assumedOverheadMb, counted, Device, Host, once, parsePciAddress, PciAddress, quoted, RunningVm } from "../model";
import { ClusterText, VmText } from "../schema";
import { Context } from "./context";
import { DRS } from "./defaults";
import { requestsOf } from "./requests";

/** The VMs that run, each on a host that is there and holding what that host has. */
export function runningVmsOf(cluster: ClusterText, hosts: ReadonlyMap<string, Host>, context: Context): readonly RunningVm[] {
  const holders = new Map<string, string>();
  return placed(cluster, context).map(({ text, name, host: hostName }) => {
    const devices = (text.devices ?? []).map((address) => parsePciAddress(address)!);
    const host = hosts.get(hostName);
    if (host) holdDevices(name, text, devices, host, holders, context);
    else if (context.isWhole(cluster, "hosts", cluster.hosts)) {
      const message = `host ${quoted(hostName)} of vm ${quoted(name)} is not declared${context.hint(hostName, hosts.keys())}`;
      context.mistake(text, "host", message);
    }
    return { ...runningVmOf(text, devices, context), name, host: hostName };
  });
}

interface PlacedText {
  readonly text: VmText;
  readonly name: string;
  readonly host: string;
}

/** Every VM of a range with its host: one each where the hosts are a range as long, else all on the one. */
function placed(cluster: ClusterText, context: Context): readonly PlacedText[] {
  const texts = context.namedVms(cluster.vms ?? [], "vm", `cluster ${quoted(cluster.name)}`);
  const hostsOf = once((text: VmText) => context.names(text.host, text, "host"));
  return texts.flatMap(({ element: text, name, index, size }) => {
    const hosts = hostsOf(text);
    const host = hosts.length === 1 ? hosts[0]! : hosts[index];
    if (hosts.length > 1 && hosts.length !== size && index === 0) {
      const message = `${counted(size, "VM")} on ${hosts.length} hosts: expected as many hosts as VMs, or one host for all`;
      context.mistake(text, "host", message);
    }
    return host === undefined ? [] : [{ text, name, host }];
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
    ...(text.drs && {
      drs: { enabled: text.drs.enabled ?? DRS.enabled, automationLevel: text.drs.automation_level ?? DRS.automationLevel },
    }),
    static: text.static ?? false,
    devices,
    ...(requests && { requests }),
    source: context.source(text),
  };
}

function holdDevices(
  name: string,
  text: VmText,
  addresses: readonly PciAddress[],
  host: Host,
  holders: Map<string, string>,
  context: Context,
): void {
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
    if (wrong !== undefined) context.mistake(text.devices!, index, `device ${quoted(address)} of vm ${quoted(name)} ${wrong}`);
    else if (holder !== undefined) {
      context.mistake(text.devices!, index, `device ${quoted(address)} of vm ${quoted(name)} is held by vm ${quoted(holder)} already`);
    }
    holders.set(place, name);
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

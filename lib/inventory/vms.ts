import { assumedOverheadMb, counted, ExistingVm, Host, once, quoted, RunningVm } from "../model";
import { ClusterText, VmText } from "../schema";
import { Context } from "./context";
import { drsOf } from "./drs";
import { given } from "./given";
import { HeldDevices } from "./held-devices";
import { refuseHolding, refuseIdleHost, refuseOddRequests, refuseStaticWithNone } from "./odd-vms";
import { requestsOf } from "./requests";
import { heldSharedDevicesOf } from "./shared-devices";

export interface Vms {
  readonly running: readonly RunningVm[];
  readonly poweredOff: readonly ExistingVm[];
}

/** The VMs that are there: each on a host that is there, the running ones holding what that host has. */
export function vmsOf(cluster: ClusterText, hosts: ReadonlyMap<string, Host>, context: Context): Vms {
  const held = new HeldDevices(context);
  const placed = placedIn(cluster, context);
  for (const { text, name, host: hostName } of placed) {
    const host = hosts.get(hostName);
    if (!host && context.isWhole(cluster, "hosts", cluster.hosts)) {
      const message = `host ${quoted(hostName)} of vm ${quoted(name)} is not declared${context.hint(hostName, hosts.keys())}`;
      context.mistake(text, "host", message);
    }
    if (isOff(text)) refuseHolding(text, name, context);
    else if (host) {
      refuseIdleHost(text, name, host, context);
      held.byAddress(name, text, host);
    }
  }
  return {
    // What is held by kind is what nobody holds by address.
    running: placed.filter(({ text }) => !isOff(text)).map((each) => runningVmOf(each, hosts.get(each.host), held, context)),
    poweredOff: placed.filter(({ text }) => isOff(text)).map((each) => vmOf(each, hosts.get(each.host), context)),
  };
}

function isOff({ power }: VmText): boolean {
  return power === "off";
}

function runningVmOf(placed: PlacedText, host: Host | undefined, held: HeldDevices, context: Context): RunningVm {
  const vm = { ...vmOf(placed, host, context), ...held.of(placed.name, placed.text, host) };
  refuseStaticWithNone(vm, placed.text, context);
  if (host) refuseOddRequests(vm, placed.text, host, context);
  return vm;
}

interface PlacedText {
  readonly text: VmText;
  readonly name: string;
  readonly host: string;
}

/** Every VM of a range with its host: one each where the hosts are a range as long, else all on the one. */
function placedIn(cluster: ClusterText, context: Context): readonly PlacedText[] {
  const texts = context.namedVms(cluster.vms ?? [], "vm", `cluster ${quoted(cluster.name)}`);
  const hostsOf = once((text: VmText) => context.names(text.host, text, "host"));
  const ids = new Set<string>();
  const uuids = new Set<string>();
  return texts.flatMap(({ element: text, name, index, size }) => {
    if (index === 0) {
      context.refuseShared(text, "id", size, "VM", ids);
      // Copies of a VM can really have one uuid.
      context.refuseShared(text, "uuid", size, "VM", context.isPulled ? new Set() : uuids);
    }
    const hosts = hostsOf(text);
    const host = hosts.length === 1 ? hosts[0]! : hosts[index];
    if (hosts.length > 1 && hosts.length !== size && index === 0) {
      const message = `${counted(size, "VM")} on ${hosts.length} hosts: expected as many hosts as VMs, or one host for all`;
      context.mistake(text, "host", message);
    }
    return host === undefined ? [] : [{ text, name, host }];
  });
}

function vmOf({ text, name, host: hostName }: PlacedText, host: Host | undefined, context: Context): ExistingVm {
  const requests = text.requests && requestsOf(text.requests, context);
  const shared = heldSharedDevicesOf(text, host, context);
  const holds = [...(text.devices ?? []), ...(text.holds ?? []), ...(requests ?? [])].length > 0;
  const hasDevices = holds || shared.vgpus !== undefined || shared.deviceGroups !== undefined;
  if (hasDevices && text.memory_mb === undefined && text.memory_reservation_mb === undefined) {
    const message = `vm ${quoted(name)} has devices: expected memory_mb or memory_reservation_mb, as its memory is reserved`;
    context.mistake(text, undefined, message);
  }
  const memory = text.memory_mb ?? text.memory_reservation_mb ?? 0;
  return given({
    name,
    id: text.id,
    uuid: text.uuid,
    folder: text.folder,
    host: hostName,
    memoryMb: text.memory_mb,
    memoryReservationMb: text.memory_reservation_mb ?? (hasDevices ? memory : 0),
    cpuReservationMhz: text.cpu_reservation_mhz ?? 0,
    overheadMb: text.overhead_mb ?? assumedOverheadMb(memory, hasDevices),
    cpus: text.cpus,
    firmware: text.firmware,
    hardwareVersion: text.hardware_version,
    resourcePool: text.resource_pool,
    restartPriority: text.restart_priority,
    drs: text.drs && drsOf(text.drs),
    static: text.static ?? false,
    requests,
    ...shared,
    source: context.source(text),
  });
}

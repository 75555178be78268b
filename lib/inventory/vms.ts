import { assumedOverheadMb, counted, ExistingVm, Host, once, quoted, RunningVm } from "../model";
import { ClusterText, VmText } from "../schema";
import { Context } from "./context";
import { drsOf } from "./drs";
import { given } from "./given";
import { HeldDevices } from "./held-devices";
import { refuseHolding, refuseIdleHost, refuseOddRequests } from "./odd-vms";
import { requestsOf } from "./requests";
import { heldSharedDevicesOf } from "./shared-devices";

export interface Vms {
  readonly running: readonly RunningVm[];
  readonly poweredOff: readonly ExistingVm[];
}

/** The VMs that are there: each on a host that is there, the running ones holding what that host has. */
export function vmsOf(cluster: ClusterText, hosts: ReadonlyMap<string, Host>, context: Context): Vms {
  const running: { readonly placed: PlacedText; readonly vm: ExistingVm }[] = [];
  const poweredOff: ExistingVm[] = [];
  const held = new HeldDevices(context);
  for (const placed of placedIn(cluster, context)) {
    const { text, name } = placed;
    const host = hosts.get(placed.host);
    if (!host && context.isWhole(cluster, "hosts", cluster.hosts)) {
      const message = `host ${quoted(placed.host)} of vm ${quoted(name)} is not declared${context.hint(placed.host, hosts.keys())}`;
      context.mistake(text, "host", message);
    }
    const vm = { ...vmOf(text, host, context), name, host: placed.host };
    if (text.power === "off") {
      refuseHolding(text, name, context);
      poweredOff.push(vm);
    } else {
      if (host) refuseIdleHost(text, name, host, context);
      held.byAddress(name, text, host);
      running.push({ placed, vm });
    }
  }
  return {
    // What is held by kind is what nobody holds by address.
    running: running.map(({ placed: { text, name }, vm }): RunningVm => {
      const host = hosts.get(vm.host);
      const devices = held.of(name, text, host);
      if (host) refuseOddRequests({ ...vm, ...devices }, text, host, context);
      return { ...vm, ...devices };
    }),
    poweredOff,
  };
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

function vmOf(text: VmText, host: Host | undefined, context: Context): ExistingVm {
  const requests = text.requests && requestsOf(text.requests, context);
  const shared = heldSharedDevicesOf(text, host, context);
  const holds = [...(text.devices ?? []), ...(text.holds ?? []), ...(requests ?? [])].length > 0;
  const hasDevices = holds || shared.vgpus !== undefined || shared.deviceGroups !== undefined;
  if (hasDevices && text.memory_mb === undefined && text.memory_reservation_mb === undefined) {
    const message = `vm ${quoted(text.name)} has devices: expected memory_mb or memory_reservation_mb, as its memory is reserved`;
    context.mistake(text, undefined, message);
  }
  const memory = text.memory_mb ?? text.memory_reservation_mb ?? 0;
  return given({
    name: text.name,
    id: text.id,
    uuid: text.uuid,
    folder: text.folder,
    host: text.host,
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

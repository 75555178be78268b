import {
  Cluster,
  DEVICE_CHANGE_ACTIONS,
  Device,
  DeviceChange,
  Host,
  PassthroughState,
  PlanVm,
  Remark,
  RunningVm,
  deviceKey,
  hostOf,
  existingVmOf,
  runningId,
} from "../../model";
import { PlanIndex } from "./plan-index";

/** A change of one device by the plan (O6): it takes no capacity, and what comes after it sees the device as `after`. */
export interface DeviceEvent {
  readonly id: string;
  readonly host: string;
  readonly device: Device;
  readonly changed: Device;
  readonly after: readonly string[];
  /** Everything of the stacks that are applied before its own (O8). */
  readonly afterStacks: readonly string[];
  /** The resource goes, and gives back what it found: what depends on it goes first (O2). */
  readonly destroys: boolean;
}

export interface DeviceEvents {
  readonly events: readonly DeviceEvent[];
  /** Why a device of this cluster may change in a way that is not known. */
  readonly unsettled: readonly string[];
  readonly remarks: readonly Remark[];
}

/** Those of the device changes that change anything in this cluster. */
export function deviceEvents(cluster: Cluster, changes: readonly DeviceChange[], index: PlanIndex): DeviceEvents {
  const events: DeviceEvent[] = [];
  const seen = new Set<string>();
  const holders = holdersIn(cluster);
  const unsettled: string[] = [];
  const remarks: Remark[] = [];
  for (const change of changes) {
    if (!DEVICE_CHANGE_ACTIONS[change.action].isEvent) continue;
    const place = locate(change, cluster);
    if (place.kind === "elsewhere") continue;
    if (place.kind === "unknown") {
      unsettled.push(`${change.address}: ${place.why}`);
      continue;
    }
    const { host, device } = place;
    const key = deviceKey(host.name, device.address);
    if (seen.has(key)) {
      unsettled.push(`${change.address}: another resource changes the device ${device.address} of ${host.name} too`);
      continue;
    }
    const changed = apply(change, device, host);
    if ("why" in changed) {
      unsettled.push(`${change.address}: ${changed.why}`);
      continue;
    }
    if (changed.passthrough === "pending-reboot" && changed.passthrough !== device.passthrough) {
      remarks.push({ kind: "reboot-pending", change: change.address, host: host.name, device: device.address });
    }
    if (changed.passthrough === device.passthrough && changed.label === device.label) continue;
    const holder = holders.get(key);
    if (changed.passthrough === "disabled" && holder && !goesFirst(holder, cluster, change, index)) {
      remarks.push({
        kind: "disable-refused",
        change: change.address,
        vm: runningId(holder, cluster.vms),
        host: host.name,
        device: device.address,
      });
    }
    const order = {
      after: change.dependsOn,
      afterStacks: index.earlier(change.stack),
      destroys: DEVICE_CHANGE_ACTIONS[change.action].givesBack,
    };
    seen.add(key);
    events.push({ id: change.address, host: host.name, device, changed, ...order });
  }
  return { events, unsettled, remarks };
}

/** Who holds each device. */
function holdersIn({ vms }: Cluster): ReadonlyMap<string, RunningVm> {
  return new Map(vms.flatMap((vm) => vm.devices.map((address) => [deviceKey(vm.host, address), vm] as const)));
}

/** Whether the plan destroys the VM before it gives the device back. */
function goesFirst(holder: RunningVm, { vms }: Cluster, change: DeviceChange, index: PlanIndex): boolean {
  const isItself = (vm: PlanVm): boolean => existingVmOf(vm, vms) === holder;
  const destroyed = DEVICE_CHANGE_ACTIONS[change.action].givesBack ? index.destroyedAs(holder.name) : [];
  return destroyed.some((vm) => isItself(vm) && vm.dependsOn.includes(change.address));
}

type Located =
  | { readonly kind: "elsewhere" }
  | { readonly kind: "unknown"; readonly why: string }
  | { readonly kind: "here"; readonly host: Host; readonly device: Device };

function locate(change: DeviceChange, cluster: Cluster): Located {
  if (!change.host.known) return { kind: "unknown", why: change.host.why };
  const host = hostOf(change.host.value, cluster);
  if (!host.known) return { kind: "unknown", why: host.why };
  if (!host.value) return { kind: "elsewhere" };
  const { pciAddress } = change;
  if (!pciAddress.known) return { kind: "unknown", why: pciAddress.why };
  const device = host.value.devices.find(({ address }) => address === pciAddress.value);
  return device ? { kind: "here", host: host.value, device } : { kind: "elsewhere" };
}

function apply(change: DeviceChange, device: Device, host: Host): Device | { readonly why: string } {
  const { enabled, hardwareLabel, applyNow } = change;
  for (const value of [enabled, hardwareLabel, applyNow]) if (value && !value.known) return { why: value.why };
  let { label, ...rest } = device;
  if (hardwareLabel?.known) label = hardwareLabel.value;
  if (enabled?.known) {
    const now = host.rebindWithoutReboot && applyNow.known && applyNow.value;
    rest = { ...rest, passthrough: enabled.value ? enabledState(device.passthrough, now) : "disabled" };
  }
  return label === undefined ? rest : { ...rest, label };
}

/** Enabling makes capacity at once only where the host rebinds without a reboot; what waits for a reboot goes on waiting. */
function enabledState(state: PassthroughState, now: boolean): PassthroughState {
  if (state === "active" || state === "pending-reboot") return state;
  return now ? "active" : "pending-reboot";
}

import { Cluster, Device, DeviceChange, Host, PassthroughState, Plan, Remark, RunningVm, hostOf, runningNameOf } from "../../model";

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

/** The plan's device changes in this cluster that change anything. */
export function deviceEvents(cluster: Cluster, plan: Plan, earlier: (stack: string) => readonly string[]): DeviceEvents {
  const events: DeviceEvent[] = [];
  const unsettled: string[] = [];
  const remarks: Remark[] = [];
  for (const change of plan.deviceChanges) {
    if (change.action === "none") continue;
    const place = locate(change, cluster);
    if (place.kind === "elsewhere") continue;
    if (place.kind === "unknown") {
      unsettled.push(`${change.address}: ${place.why}`);
      continue;
    }
    const { host, device } = place;
    if (events.some((event) => event.host === host.name && event.device === device)) {
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
    const holder = cluster.vms.find((vm) => vm.host === host.name && vm.devices.includes(device.address));
    if (changed.passthrough === "disabled" && holder && !goesFirst(holder, change, plan)) {
      remarks.push({ kind: "disable-refused", change: change.address, vm: holder.name, host: host.name, device: device.address });
    }
    const order = { after: change.dependsOn, afterStacks: earlier(change.stack), destroys: change.action === "delete" };
    events.push({ id: change.address, host: host.name, device, changed, ...order });
  }
  return { events, unsettled, remarks };
}

/** Whether the plan destroys the VM before it gives the device back. */
function goesFirst({ name }: RunningVm, change: DeviceChange, plan: Plan): boolean {
  if (change.action !== "delete") return false;
  return plan.vms.some((vm) => {
    const running = runningNameOf(vm);
    const isDestroyed = vm.action === "delete" || vm.action === "replace-destroy-first";
    return isDestroyed && vm.dependsOn.includes(change.address) && running.known && running.value === name;
  });
}

type Located = { readonly kind: "elsewhere" } | { readonly kind: "unknown"; readonly why: string } | { readonly kind: "here"; readonly host: Host; readonly device: Device };

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

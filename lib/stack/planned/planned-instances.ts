import { DEVICE, isEvent, isNewer, isOfCluster, Placed, VM } from "../placed";
import { clusterAction, deviceAction, vmAction } from "./actions";
import { isGone, PlannedInstance } from "./planned-instance";
import { PlannedStack } from "./planned-stack";
import { readVmUpdate } from "./vm-update";

/** An instance as the plan leaves it, or as it was where the plan removes it. */
export interface Acted extends Pick<Placed, "action" | "update" | "isOff" | "isSuspended"> {
  readonly instance: PlannedInstance;
  readonly before?: PlannedInstance;
}

/** The resources' instances of the wanted types, with what happens to them. Only VMs and devices matter once they are gone. */
export function plannedInstances(stack: PlannedStack, isWanted: (type: string) => boolean): readonly Acted[] {
  return stack.instances.flatMap((instance): readonly Acted[] => {
    const { object, resource } = instance;
    if (!isWanted(resource.type)) return [];
    if (resource.type === DEVICE) return deviceChanges(stack, instance);
    if (isGone(object) && !isEvent(resource.type)) return [];
    const before = Object.keys(object.before).length === 0 ? undefined : stack.past(instance);
    if (isOfCluster(resource.type) || isNewer(resource.type)) return clusterChanges(stack, instance, before);
    if (resource.type !== VM) return [{ instance, action: "from-stack", ...(before && { before }) }];
    const update = object.action === "update" ? readVmUpdate(object) : undefined;
    const power = { ...(object.isOff && { isOff: true }), ...(object.isSuspended && { isSuspended: true }) };
    const vm = { action: vmAction(object, update), ...(update && { update }), ...power };
    return [{ instance, ...vm, ...(before && { before }) }];
  });
}

/** What is forgotten stays as it is. A replacement takes the old one away and makes the new one. */
function clusterChanges(stack: PlannedStack, instance: PlannedInstance, before: PlannedInstance | undefined): readonly Acted[] {
  const { object } = instance;
  if (object.action === "none" && isGone(object)) return [];
  const own = { instance, action: clusterAction(object), ...(before && { before }) };
  const isReplaced = object.action === "replace-create-first" || object.action === "replace-destroy-first";
  return isReplaced ? [{ instance: stack.past(instance, " (destroyed)"), action: "delete" }, own] : [own];
}

/** A device change that is replaced because it is of another device now gives the old one back. */
function deviceChanges(stack: PlannedStack, instance: PlannedInstance): readonly Acted[] {
  const { object } = instance;
  const own = { instance, action: deviceAction(object) };
  const isReplaced = object.action === "replace-create-first" || object.action === "replace-destroy-first";
  const isElsewhere = ["host_system_id", "pci_id"].some((name) => object.before[name] !== object.after[name]);
  return isReplaced && isElsewhere ? [{ instance: stack.past(instance, " (destroyed)"), action: "delete" }, own] : [own];
}

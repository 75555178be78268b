import { Data, DataMap, isMap } from "../data";
import { argumentsWith, Effect, effectOf, ifOff, isBlock } from "../effects";
import { ChangedArgument, changedArguments, holdsTrue, ValueChange } from "./changed-arguments";

/** What an update of a VM does with its power (O7, O10). */
export interface VmUpdate {
  /**
   * `live`: it stays on. `cycle`: off and on again. `hot-add`: the provider changes CPU or memory of the running VM, which works only
   * where that has no passthrough devices.
   */
  readonly power: "live" | "hot-add" | "cycle";
  /** Something is reconfigured: a VM that is off is powered on. */
  readonly powersOn: boolean;
  /** The arguments that it is not on for; where CPU or memory could be added to a VM without devices, these too. */
  readonly cycledBy: readonly string[];
  /** The arguments that relocate it at the end of the update. */
  readonly moves: readonly string[];
  /** Arguments that need the VM off, and that a soft `extra_config` of the same update leaves it on for. */
  readonly softened: readonly string[];
  /** The arguments that get another value; `extra_config` where its settings of passthrough do. */
  readonly changes: readonly string[];
}

const VM = "vsphere_virtual_machine";

/**
 * Reads an update as the vSphere provider would apply it: a power cycle, unless every changed argument is known to change live. What
 * is not known beforehand, or newer than the table of arguments, is taken for a power cycle.
 */
export function readVmUpdate(change: ValueChange): VmUpdate {
  const changed = changedArguments(change, (path) => isBlock(VM, path));
  const effects = changed.map((each) => ({ each, effect: effectInUpdate(each, change) }));
  const withEffect = (wanted: ReturnType<typeof effectInUpdate>): readonly string[] =>
    effects.flatMap(({ each, effect }) => (effect === wanted ? [each.path] : []));
  const isSoft = change.after["extra_config_reboot_required"] === false && changed.some(({ path }) => path === "extra_config");
  const cycledBy = [...withEffect("cycle"), ...withEffect("hot-add")];
  const asksForIt = change.after["reboot_required"] === true;
  const cycles = change.unknown === true || asksForIt || withEffect("cycle").length > 0;
  return {
    power: cycles ? "cycle" : withEffect("hot-add").length > 0 ? "hot-add" : "live",
    // With a storage policy every update is a reconfigure.
    powersOn: changed.some(({ path }) => ifOff(path) === "on") || (changed.length > 0 && hasPolicy(change)),
    cycledBy: cycledBy.length === 0 && asksForIt ? ["reboot_required"] : [...new Set(cycledBy)].sort(),
    moves: [...new Set(withEffect("move"))],
    softened: isSoft ? [...new Set(cycledBy)].filter((path) => SOFTENED.has(path)) : [],
    changes: namesOf(changed, change),
  };
}

/** A changed key of `extra_config` that has nothing to do with passthrough says nothing of what the VM runs with. */
function namesOf(changed: readonly ChangedArgument[], { before, after, unknown }: ValueChange): readonly string[] {
  const names = new Set(changed.map(({ path }) => path.replace(/\..*$/s, "")));
  const settings = ({ extra_config: config = null }: DataMap): string =>
    JSON.stringify(isMap(config) ? Object.entries(config).filter(([key]) => /^pciPassthru/i.test(key)) : []);
  const isOpen = isMap(unknown) && holdsTrue(unknown["extra_config"] ?? false);
  if (!isOpen && settings(before) === settings(after)) names.delete("extra_config");
  return [...names].sort();
}

/** Arguments whose restart a soft `extra_config` takes back, since the provider looks at it after them. */
const SOFTENED: ReadonlySet<string> = new Set([
  "vapp",
  "vapp.properties",
  "guest_id",
  "alternate_guest_name",
  "tools_upgrade_policy",
  "run_tools_scripts_after_power_on",
  "run_tools_scripts_after_resume",
  "run_tools_scripts_before_guest_reboot",
  "run_tools_scripts_before_guest_shutdown",
  "run_tools_scripts_before_guest_standby",
  "enable_disk_uuid",
  "enable_logging",
  "hv_mode",
  "ept_rvi_mode",
  "vbs_enabled",
  "vvtd_enabled",
  "num_cpus",
  "num_cores_per_socket",
  "num_cores_per_numa_node",
  "memory",
  "cpu_hot_add_enabled",
  "cpu_hot_remove_enabled",
  "memory_hot_add_enabled",
]);

/** The table's effect, where more than the argument decides with what that is; what the table does not know cycles. */
function effectInUpdate(changed: ChangedArgument, change: ValueChange): Effect | "hot-add" {
  const { path, how } = changed;
  const { before, after } = change;
  if (how === "unknown" && isBlock(VM, path)) return worstInside(path);
  switch (path) {
    case "num_cpus":
    case "memory":
      return how === "changed" && isHotAdd(path, change) ? "hot-add" : "cycle";
    case "extra_config":
      return after["extra_config_reboot_required"] === false ? "live" : "cycle";
    case "scsi_controller_count":
    case "sata_controller_count":
    case "nvme_controller_count":
    case "ide_controller_count":
      // Fewer of them: the controllers stay.
      return how === "changed" && asNumber(after[path]) < asNumber(before[path]) ? "live" : "cycle";
    case "disk.datastore_id":
      // What the provider writes where the VM's own datastore is meant.
      return changed.block?.after?.["datastore_id"] === "<computed>" ? "harmless" : "move";
    case "disk":
      return how === "added" && lacksController(changed, change) ? "cycle" : "live";
    case "network_interface":
    case "network_interface.adapter_type":
      return interfaceEffect(changed, change);
  }
  const effect = effectOf(VM, path) ?? "cycle";
  if (effect !== "replace") return effect;
  // In an update it can only be the clone of an import, or one that was taken out of the configuration.
  return /^(?:clone|ovf_deploy)(?:\.|$)/.test(path) ? "harmless" : "cycle";
}

/** Of a block of which nothing is known. */
function worstInside(path: string): Effect {
  const cycles = argumentsWith(VM, "cycle").some((each) => each === path || each.startsWith(`${path}.`));
  return cycles ? "cycle" : (effectOf(VM, path) ?? "cycle");
}

/** The value before the change counts, not the one that the same update gives. */
function isHotAdd(path: "num_cpus" | "memory", { before, after }: ValueChange): boolean {
  const isMore = asNumber(after[path]) > asNumber(before[path]);
  if (path === "memory") return isMore && before["memory_hot_add_enabled"] === true;
  return before[isMore ? "cpu_hot_add_enabled" : "cpu_hot_remove_enabled"] === true;
}

/** Controllers of each kind where the count is not given, and the disks that one of them takes. */
const CONTROLLERS = {
  scsi: { count: 1, disks: 15 },
  sata: { count: 0, disks: 30 },
  nvme: { count: 0, disks: 15 },
  ide: { count: 2, disks: 2 },
} as const;

/** An added disk whose controller the VM does not have yet. */
function lacksController({ block }: ChangedArgument, { before }: ValueChange): boolean {
  if (isUnknown(block, "controller_type") || isUnknown(block, "unit_number")) return true;
  const { controller_type: given, unit_number: unit } = block?.after ?? {};
  const type = typeof given === "string" && given !== "" ? given : "scsi";
  if (!Object.hasOwn(CONTROLLERS, type)) return true;
  const { count, disks } = CONTROLLERS[type as keyof typeof CONTROLLERS];
  const there = before[`${type}_controller_count`];
  return Math.floor(asNumber(unit) / disks) >= (typeof there === "number" ? there : count);
}

/** Removing an interface, or changing its kind, needs VMware Tools in the guest; adding one does not; SR-IOV always cycles. */
function interfaceEffect({ how, block }: ChangedArgument, { before }: ValueChange): Effect {
  const isSriov = [block?.before, block?.after].some((each) => each?.["adapter_type"] === "sriov" || isText(each?.["physical_function"]));
  const mayBeSriov = isUnknown(block, "adapter_type") || isUnknown(block, "physical_function");
  if (isSriov || mayBeSriov || how === "unknown") return "cycle";
  if (how === "added") return "live";
  return before["vmware_tools_status"] === "guestToolsRunning" ? "live" : "cycle";
}

function isUnknown(block: ChangedArgument["block"], name: string): boolean {
  const marks = block?.unknown ?? false;
  return holdsTrue(isMap(marks) ? (marks[name] ?? false) : marks);
}

function hasPolicy({ before, after }: ValueChange): boolean {
  return isText(before["storage_policy_id"]) || isText(after["storage_policy_id"]);
}

function isText(data: Data | undefined): boolean {
  return typeof data === "string" && data !== "";
}

function asNumber(data: Data | undefined): number {
  return typeof data === "number" ? data : 0;
}

import { DeviceChange, PlanAction } from "../../model";
import { Data, DataMap, isList, isMap } from "../data";

/** What Terraform will do with a resource, as it spells it in a plan. */
const ACTIONS = {
  "no-op": "none",
  create: "create",
  read: "read",
  update: "update",
  "delete,create": "replace-destroy-first",
  "create,delete": "replace-create-first",
  delete: "delete",
  // What is forgotten goes on running, without Terraform.
  forget: "none",
  "create,forget": "create",
} as const;

export type Action = (typeof ACTIONS)[keyof typeof ACTIONS];

export const KNOWN_ACTIONS: readonly string[] = Object.keys(ACTIONS);

/** Undefined for actions that this version of Terraform's plans does not have. */
export function readAction(actions: Data | undefined): Action | undefined {
  const key = isList(actions) && actions.every((each) => typeof each === "string") ? actions.join(",") : "";
  return Object.hasOwn(ACTIONS, key) ? ACTIONS[key as keyof typeof ACTIONS] : undefined;
}

/** Attributes whose change needs a power cycle (O7). Hot add is not considered. */
const NEED_POWER_CYCLE = ["num_cpus", "memory", "firmware", "hardware_version", "extra_config", "pci_device_id"];

export interface Change {
  readonly action: Action;
  readonly before: DataMap;
  readonly after: DataMap;
  /** True, or the same with true, where the value after is not known. */
  readonly unknown: Data;
}

/** What the change of a VM means for its power. */
export function vmAction({ action, before, after, unknown }: Change): PlanAction {
  if (action === "read") return "none";
  if (action !== "update") return action;
  const softConfig = after["extra_config_reboot_required"] === false;
  const cycles = NEED_POWER_CYCLE.filter((name) => !(softConfig && name === "extra_config"));
  return cycles.some((name) => isUnknown(unknown, name) || differ(before[name], after[name])) ? "reboot" : "none";
}

export function deviceAction({ action }: Change): DeviceChange["action"] {
  switch (action) {
    case "read":
      return "none";
    case "replace-destroy-first":
    case "replace-create-first":
      return "create";
    case "none":
    case "create":
    case "update":
    case "delete":
      return action;
  }
}

function isUnknown(unknown: Data, name: string): boolean {
  const mark = isMap(unknown) ? unknown[name] : unknown;
  return holdsTrue(mark ?? false);
}

function holdsTrue(mark: Data): boolean {
  if (isList(mark)) return mark.some(holdsTrue);
  return isMap(mark) ? Object.values(mark).some(holdsTrue) : mark === true;
}

function differ(before: Data | undefined, after: Data | undefined): boolean {
  return canonical(before) !== canonical(after);
}

/** The same text for the same value: an absent one, null and an empty map or set are alike, and sets have no order. */
function canonical(data: Data | undefined): string {
  if (isList(data)) return data.length === 0 ? "null" : JSON.stringify(data.map(canonical).sort());
  if (!isMap(data)) return JSON.stringify(data ?? null);
  const entries = Object.keys(data).map((key) => [key, canonical(data[key])]);
  return entries.length === 0 ? "null" : JSON.stringify(entries.sort(([a], [b]) => (a! < b! ? -1 : 1)));
}

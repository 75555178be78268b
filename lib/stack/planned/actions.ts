import { ClusterChangeAction, DeviceChange, PlanAction } from "../../model";
import { Data, isList } from "../data";
import { ValueChange } from "./changed-arguments";
import { VmUpdate } from "./vm-update";

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

export interface Change extends ValueChange {
  readonly action: Action;
  /** Before the plan it is a VM that is off, or suspended. */
  readonly isOff?: boolean;
  /** It is suspended, which counts as off. */
  readonly isSuspended?: boolean;
}

/** What the change of a VM means for its power; `update` is there where it is one. */
export function vmAction({ action, isOff }: Change, update: VmUpdate | undefined): PlanAction {
  if (action === "read" || action === "update") return update === undefined ? "none" : updateAction(update, isOff === true);
  return action;
}

function updateAction({ power, powersOn }: VmUpdate, isOff: boolean): PlanAction {
  if (isOff) return powersOn ? "power-on" : "none";
  return power === "cycle" ? "reboot" : power === "hot-add" ? "hot-add" : "none";
}

/** The creation of a replacement; its deletion stands beside it. */
export function clusterAction(change: Change): ClusterChangeAction {
  return deviceAction(change);
}

export function deviceAction({ action }: Change): Exclude<DeviceChange["action"], "from-stack"> {
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

import { DrsOverride } from "../model";
import { VmText } from "../schema";
import { DRS } from "./defaults";

/** A drs block, whether a cluster's or a VM's. */
export function drsOf({ enabled, automation_level }: NonNullable<VmText["drs"]>): DrsOverride {
  return { enabled: enabled ?? DRS.enabled, automationLevel: automation_level ?? DRS.automationLevel };
}

import { DrsLevel, known, Maybe } from "../../model";
import { Attributes } from "./attributes";

const LEVELS = ["manual", "partiallyAutomated", "fullyAutomated"] as const;

/** What a cluster or a `vsphere_drs_vm_override` sets DRS to; both turn it off where nothing is said. */
export function readDrsLevel(attributes: Attributes): Maybe<DrsLevel> {
  const level = attributes.choice("drs_automation_level", LEVELS) ?? known("manual");
  const enabled = attributes.bool("drs_enabled") ?? known(false);
  if (!enabled.known) return enabled;
  return enabled.value ? level : known("off");
}

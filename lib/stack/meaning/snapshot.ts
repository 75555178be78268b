import { PlanSnapshot, unknown } from "../../model";
import { Attributes } from "./attributes";
import { RuleContext, RulePlace, vmOf } from "./rules";
import { origin } from "./virtual-machine";

/** Reads one `vsphere_virtual_machine_snapshot`. */
export function readSnapshot(
  snapshot: Attributes,
  { address, stack, unknownCount, metadata }: RulePlace,
  context: RuleContext,
): PlanSnapshot {
  const vm = vmOf(snapshot.value("virtual_machine_uuid") ?? null, context);
  return { address, stack, vm: unknownCount === undefined ? vm : unknown(unknownCount), ...origin(metadata) };
}

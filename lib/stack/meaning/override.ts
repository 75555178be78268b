import { known, Maybe, OverrideSetting, unknown } from "../../model";
import { Value } from "../expression/value";
import { Attributes, textOf } from "./attributes";
import { readDrsLevel } from "./drs-level";
import { clusterById } from "./places";
import { restartPriority, RuleContext, vmOf } from "./rules";

/** Reads one `vsphere_ha_vm_override` or `vsphere_drs_vm_override` as what it does to a VM that runs already. */
export function readOverride(override: Attributes, context: RuleContext): OverrideSetting {
  const place = {
    kind: "override",
    cluster: clusterById(override.value("compute_cluster_id") ?? null).cluster,
    vm: vmRef(override.value("virtual_machine_id") ?? null, context),
  } as const;
  return override.instance.type === "vsphere_drs_vm_override"
    ? { ...place, drsLevel: readDrsLevel(override) }
    : { ...place, restartPriority: restartPriority(override) ?? known(undefined) };
}

function vmRef(value: Value, context: RuleContext): Maybe<{ readonly by: "name" | "id"; readonly text: string }> {
  const vm = vmOf(value, context);
  if (vm.known) return known({ by: "name", text: vm.value });
  const id = textOf(value);
  return id?.known ? known({ by: "id", text: id.value }) : unknown(vm.why);
}

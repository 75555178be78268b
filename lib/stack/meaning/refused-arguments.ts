import { PlanNote } from "../../model";
import { Unknown } from "../expression/value";
import { Placed } from "../placed";
import { Attributes, identified } from "./attributes";
import { refusedInterfaces } from "./network-interfaces";

/**
 * What the vSphere provider refuses when it plans, going by a VM's arguments alone (its CustomizeDiff, and what its schema says of
 * arguments together). A Terraform plan can't have it.
 */
export function refusedArgumentNotes({ attributes, resource, address, action, metadata }: Placed): readonly PlanNote[] {
  if (action !== "from-stack") return [];
  return [...refusals(attributes), ...refusedInterfaces(attributes)].map((refusal) => ({
    rule: "arguments-refused",
    resource: address,
    source: metadata.source,
    message: `${resource.address} ${refusal}: the vSphere provider refuses the plan`,
  }));
}

function refusals(vm: Attributes): readonly string[] {
  const mayBeSet = (name: string): boolean => vm.value(name) !== undefined;
  // What is not known may be null: modules leave one of two arguments out with a condition.
  const isSet = (name: string): boolean => mayBeSet(name) && !(vm.value(name) instanceof Unknown);
  const isFilled = (name: string): boolean => isSet(name) && vm.value(name) !== "";
  const isDeployed = vm.instance.block.body["ovf_deploy"] !== undefined || vm.instance.block.body["dynamic"] !== undefined;
  return [
    ...(isFilled("folder") && isInVapp(vm) ? ["sets folder, and is in a vApp, whose VMs have none; leave folder out"] : []),
    ...(isFilled("datacenter_id") && !isDeployed ? ["sets datacenter_id, which is for ovf_deploy only; leave it out"] : []),
    ...(isSet("datastore_id") && isSet("datastore_cluster_id") ? ["sets datastore_id and datastore_cluster_id; leave one out"] : []),
    ...(isSet("num_cores_per_numa_node") && !mayBeSet("hardware_version")
      ? ["sets num_cores_per_numa_node without hardware_version; set it to 20 or newer"]
      : []),
  ];
}

function isInVapp(vm: Attributes): boolean {
  return identified(vm.value("resource_pool_id") ?? null, ["vsphere_vapp_container"], ["id"]) !== undefined;
}

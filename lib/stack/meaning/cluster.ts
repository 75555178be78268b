import { known, PlanCluster, unknown } from "../../model";
import { Attributes } from "./attributes";
import { readDrsLevel } from "./drs-level";
import { RulePlace } from "./rules";
import { orAbsent, siteOf } from "./site";
import { origin } from "./virtual-machine";

const POLICIES = ["resourcePercentage", "slotPolicy", "failoverHosts", "disabled"] as const;
const PRIORITIES = ["lowest", "low", "medium", "high", "highest"] as const;

const HOSTS = { least: 0, unit: "hosts" };
const PERCENT = { least: 1, unit: "percent" };
const MHZ = { least: 1, unit: "MHz" };
const MB = { least: 1, unit: "MB" };

/** Reads one `vsphere_compute_cluster`. Defaults are those of the vSphere provider. */
export function readCluster(cluster: Attributes, { address, stack, unknownCount, metadata }: RulePlace): PlanCluster {
  const control = "ha_admission_control";
  const name = cluster.text("name") ?? unknown("name is not set");
  return {
    address,
    stack,
    // Where the number of clusters is not known, none of them is one that the inventory declares.
    name: unknownCount === undefined ? name : unknown(unknownCount),
    drsLevel: readDrsLevel(cluster),
    haEnabled: cluster.bool("ha_enabled") ?? known(false),
    hostFailuresToTolerate: cluster.whole(`${control}_host_failure_tolerance`, HOSTS) ?? known(1),
    admissionControl: cluster.choice(`${control}_policy`, POLICIES) ?? known("resourcePercentage"),
    defaultRestartPriority: cluster.choice("ha_vm_restart_priority", PRIORITIES) ?? known("medium"),
    automaticPercentage: cluster.bool(`${control}_resource_percentage_auto_compute`) ?? known(true),
    cpuPercent: cluster.whole(`${control}_resource_percentage_cpu`, PERCENT) ?? known(100),
    memoryPercent: cluster.whole(`${control}_resource_percentage_memory`, PERCENT) ?? known(100),
    explicitSlotSize: cluster.bool(`${control}_slot_policy_use_explicit_size`) ?? known(false),
    writtenSlotCpuMhz: cluster.whole(`${control}_slot_policy_explicit_cpu`, MHZ) ?? known(32),
    writtenSlotMemoryMb: cluster.whole(`${control}_slot_policy_explicit_memory`, MB) ?? known(100),
    ...orAbsent(siteOf(cluster.instance)),
    ...origin(metadata),
  };
}

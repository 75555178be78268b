import { plannedAs } from "../model";
import { Rule } from "./rule";

export const drsAssumed: Rule = {
  id: "drs-assumed",
  severity: "note",
  title: "the inventory does not say how DRS is set",
  explanation:
    "DRS is then taken to be on and fully automated, so that it picks each VM's host. With DRS off or manual, which is what Terraform's " +
    "vsphere_compute_cluster defaults to, a VM's host is fixed before its devices are looked at.",
  fix: "declare the cluster's drs block",
  check: ({ clusters, plan, inventory }) =>
    clusters
      .filter(({ cluster, vms }) => !cluster.drs.declared && (vms.length > 0 || cluster.planned.length > 0))
      .filter(({ cluster }) => plannedAs(cluster, plan, inventory)?.says.drs !== true)
      .map(({ cluster: { name, source } }) => ({
        cluster: name,
        source,
        message: `${name} has no drs block: DRS is taken to be on and fully automated`,
      })),
};

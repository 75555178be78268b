import { hostOf } from "../model";
import { Rule } from "./rule";

export const hostOfAnotherCluster: Rule = {
  id: "host-of-another-cluster",
  severity: "error",
  title: "a VM names a host outside of its cluster",
  explanation:
    "The host that host_system_id names must be in the cluster of the VM's resource pool: the vSphere provider refuses another one.",
  fix: "let host_system_id and resource_pool_id name one cluster, or leave host_system_id out",
  check: ({ vms, inventory, nameOf, hostName }) =>
    vms.flatMap(({ vm, cluster, place }) => {
      if (cluster === undefined || !vm.host?.known || vm.action === "none") return [];
      const ref = vm.host.value;
      const own = hostOf(ref, cluster);
      if (!own.known || own.value !== undefined) return [];
      const other = inventory.clusters.find((each) => {
        const found = hostOf(ref, each);
        return found.known && found.value !== undefined;
      });
      if (other === undefined) return [];
      const host = ref.by === "name" ? hostName(ref.name) : ref.id;
      const subject = `${nameOf(vm.address)} is in ${cluster.name} and names the host ${host}, which is in ${other.name}`;
      return [{ ...place, message: `${subject}: the vSphere provider refuses it` }];
    }),
};

import { Cluster, ClusterPicture, hostsAtEnd, Inventory, InventoryPicture, runningId } from "../model";
import { describeDrs, describeHa } from "./describe";
import { drawHosts } from "./picture";

/** Every cluster as it is declared, its running VMs where they are. */
export function drawInventory({ files, clusters }: Inventory): InventoryPicture {
  return { files, clusters: clusters.map(drawCluster) };
}

function drawCluster(cluster: Cluster): ClusterPicture {
  const { name, vms, templates, planned } = cluster;
  const placements = vms.map((vm) => ({ vm: runningId(vm, vms), host: vm.host, devices: vm.devices, running: true }));
  return {
    name,
    drs: describeDrs(cluster),
    ha: describeHa(cluster),
    hosts: drawHosts(hostsAtEnd(cluster.hosts, placements)),
    otherVms: vms.filter(({ devices }) => devices.length === 0).map((vm) => runningId(vm, vms)),
    templates: templates.map((template) => ({ name: template.name, devices: template.requests.length })),
    planned: planned.map((shape) => ({ name: shape.name, count: shape.count, devices: shape.requests.length })),
  };
}

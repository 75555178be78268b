import { DeviceChange, hostOf, Inventory, Plan } from "../model";

/** No VM resource of any action, and no change of a device or a cluster that touches a running VM, or could: most likely the wrong file was given. */
export function isEmptyBatch(plan: Plan, inventory: Inventory): boolean {
  const { vms, deviceChanges, clusterChanges = [] } = plan;
  const isAnyRunning = inventory.clusters.some((cluster) => cluster.vms.length > 0);
  const changesCluster = isAnyRunning && clusterChanges.some(({ action }) => action !== "none");
  return vms.length === 0 && !changesCluster && !deviceChanges.some((change) => mayTouchRunningVm(change, inventory));
}

function mayTouchRunningVm({ host, pciAddress }: DeviceChange, { clusters }: Inventory): boolean {
  return clusters.some((cluster) => {
    const changed = host.known ? hostOf(host.value, cluster) : host;
    return cluster.vms.some(
      (vm) =>
        (!changed.known || changed.value?.name === vm.host) &&
        (pciAddress.known ? vm.devices.includes(pciAddress.value) : vm.devices.length > 0),
    );
  });
}

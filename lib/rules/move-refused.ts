import { ClusterPlace, known, listing, placeOf } from "../model";
import { asksForDevices } from "./facts/asks";
import { Facts, PlacedVm } from "./facts/facts";
import { Rule } from "./rule";

export const moveRefused: Rule = {
  id: "move-refused",
  severity: "error",
  title: "a plan moves a running VM that has passthrough devices",
  explanation:
    "vSphere does not move a powered-on VM with passthrough devices, neither to another host nor to another datastore. The provider tries " +
    "it as the last step of the update, so that the rest of the update is done, the apply fails, and the next plan is the same.",
  fix: "leave the value as it is, or power the VM off before the apply",
  check: (facts) =>
    facts.vms
      .filter((placed) => isRefused(placed, facts))
      .map(({ vm, place }) => ({
        ...place,
        message: `${facts.nameOf(vm.address)} can't be moved (${changes(vm.move!.by)}): it runs with passthrough devices`,
        // A datastore of that cluster may be the one that it is on already.
        ...(vm.move!.by.every((name) => name === "datastore_cluster_id") && { severity: "warning" as const }),
      })),
};

type Where = Pick<Facts, "plan" | "inventory">;

/** A move that vCenter is known to refuse: one to another cluster has a rule of its own. */
export function isRefused(placed: PlacedVm, facts: Where): boolean {
  const { vm, running } = placed;
  const isOn = vm.isOff !== true || vm.action === "power-on";
  const mayMove = vm.action === "none" || vm.action === "hot-add" || vm.action === "reboot" || vm.action === "power-on";
  const hasDevices = asksForDevices(placed) || (running !== undefined && running.devices.length > 0);
  return isOn && mayMove && hasDevices && vm.move !== undefined && vm.move.by.length > 0 && !leavesCluster(placed, facts);
}

/** Its resource pool is in another cluster afterwards, as far as both are known. */
export function leavesCluster({ vm, clusterPlace }: PlacedVm, { plan, inventory }: Where): boolean {
  if (vm.move?.fromCluster === undefined) return false;
  const [from, to] = [placeOf({ ...vm, cluster: known(vm.move.fromCluster) }, plan, inventory), clusterPlace].map(nameOf);
  return from !== undefined && to !== undefined && from !== to;
}

function nameOf(place: ClusterPlace): string | undefined {
  if (place.kind === "undeclared") return place.name;
  return place.kind === "declared" && place.assumed === undefined ? place.cluster.name : undefined;
}

function changes(names: readonly string[]): string {
  return `${listing(names)} ${names.length === 1 ? "changes" : "change"}`;
}

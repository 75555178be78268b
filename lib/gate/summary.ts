import { clusterOf, Inventory, Plan, PLAN_ACTIONS, PlanVm, ReportVm, resolveRequests, Summary } from "../model";

/** The first line's numbers: what is judged, and by which inventory. */
export function summarise(plan: Plan, inventory: Inventory): Summary {
  const vms = plan.vms.filter(isPartOfTheBatch);
  const planned = inventory.clusters.flatMap((cluster) => cluster.planned);
  return {
    stacks: plan.stacks.length,
    vms: vms.length + sum(planned.map(({ count }) => count)),
    devices: sum(vms.map((vm) => deviceCount(vm, plan, inventory))) + sum(planned.map(({ count, requests }) => count * requests.length)),
    inventory: inventory.files,
  };
}

/** What prose calls each VM, by address. */
export function nameVms(plan: Plan, inventory: Inventory): readonly ReportVm[] {
  const vms = plan.vms.map(({ address, label }) => ({ address, name: label }));
  const planned = inventory.clusters.flatMap((cluster) => cluster.planned).flatMap(({ name, count }) => nameCounted(name, count));
  return [...vms, ...planned].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

function nameCounted(name: string, count: number): readonly ReportVm[] {
  const names = count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}[${index}]`);
  return names.map((each) => ({ address: `planned.${each}`, name: each }));
}

function isPartOfTheBatch({ action }: PlanVm): boolean {
  return PLAN_ACTIONS[action].stays;
}

/** Those that are known: what is not is a finding of its own. */
function deviceCount(vm: PlanVm, plan: Plan, inventory: Inventory): number {
  const place = clusterOf(vm, plan, inventory);
  const { requests } = resolveRequests(vm, place.kind === "declared" ? place.cluster : undefined, inventory);
  return requests.known ? requests.value.length : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

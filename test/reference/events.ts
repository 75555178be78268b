import { Cluster, DeviceChange, DeviceRequest, Plan, PlanAction, PlanVm, RunningVm } from "../../lib/model";
import { matches } from "./matching";
import { Body, Event, plannedBodies, requestsOf, stackBody, value } from "./problem";

/** O2, O6, O7: the events of a plan, with what each must wait for. `running`: the bodies of the cluster's running VMs, which come first. */
export function eventsOf(
  plan: Plan,
  cluster: Cluster,
  running: readonly Body[],
  changes: readonly DeviceChange[],
): { readonly bodies: readonly Body[]; readonly events: readonly Event[] } {
  const bodies = [...running];
  const events: (Omit<Event, "after"> & { after: number[] })[] = [];
  const begins = new Map<string, number>();
  const ends = new Map<string, number>();
  const destroys = new Map<string, number>();
  const add = (event: Record<string, unknown> & { kind: Event["kind"] }): number => events.push({ ...event, after: [] }) - 1;
  const actions = new Map(plan.vms.map((vm) => [vm.address, actionOf(vm, cluster)]));

  for (const vm of plan.vms) {
    const action = actions.get(vm.address)!;
    const old = cluster.vms.findIndex(({ name }) => name === value(vm.name));
    const body = (): number => bodies.push(stackBody(vm, plan, cluster, cluster.vms[old], action === "reboot")) - 1;
    if (action === "reboot") {
      const off = add({ kind: "power-off", body: old });
      const on = add({ kind: "power-on", body: body(), reboot: true });
      events[on]!.after.push(off);
      begins.set(vm.address, off);
      ends.set(vm.address, on);
    } else if (action !== "none") {
      if (action !== "create") destroys.set(vm.address, add({ kind: "delete", body: old }));
      if (action === "delete") continue;
      const on = add({ kind: "power-on", body: body(), reboot: false });
      if (action === "replace-destroy-first") events[on]!.after.push(destroys.get(vm.address)!);
      if (action === "replace-create-first") events[destroys.get(vm.address)!]!.after.push(on);
      begins.set(vm.address, on);
      ends.set(vm.address, on);
    }
  }
  changes.forEach((change, index) => {
    const event = add({ kind: "set-device", change: index });
    begins.set(change.address, event);
    ends.set(change.address, event);
  });
  for (const body of plannedBodies(plan, cluster)) add({ kind: "power-on", body: bodies.push(body) - 1, reboot: false });

  const stackOf = new Map([...plan.vms, ...changes].map(({ address, stack }) => [address, stack]));
  for (const { address, stack, dependsOn } of [...plan.vms, ...changes]) {
    for (const needed of dependsOn) {
      const [begin, neededEnd] = [begins.get(address), ends.get(needed)];
      if (begin !== undefined && neededEnd !== undefined) events[begin]!.after.push(neededEnd);
      const neededDestroy = destroys.get(needed);
      // A stack is applied as a whole: its destroys know nothing of a later stack (O8).
      if (neededDestroy === undefined || stackOf.get(needed) !== stack) continue;
      const destroy = destroys.get(address);
      if (destroy !== undefined) events[neededDestroy]!.after.push(destroy);
      const end = ends.get(address);
      if (end !== undefined && actions.get(needed) === "replace-create-first") events[neededDestroy]!.after.push(end);
    }
  }
  inStackOrder(plan, events, [begins, ends, destroys]);
  return { bodies, events: events as unknown as readonly Event[] };
}

/** O8: every event of a stack waits for every event of the stacks that it depends on. */
function inStackOrder(plan: Plan, events: readonly { after: number[] }[], eventsByAddress: readonly ReadonlyMap<string, number>[]): void {
  const eventsOfStack = (name: string): number[] =>
    [...plan.vms, ...plan.deviceChanges]
      .filter(({ stack }) => stack === name)
      .flatMap(({ address }) => eventsByAddress.flatMap((map) => map.get(address) ?? []));
  for (const { name, dependsOn } of plan.stacks) {
    for (const event of eventsOfStack(name)) events[event]!.after.push(...dependsOn.flatMap(eventsOfStack));
  }
}

/** O7: what a synthesized stack means for a VM that may run already. */
function actionOf(vm: PlanVm, cluster: Cluster): Exclude<PlanAction, "from-stack"> {
  if (vm.action !== "from-stack") return vm.action;
  const running = cluster.vms.find(({ name }) => name === value(vm.name));
  if (!running) return "create";
  if (!sameRequests(requestsOf(vm), running, cluster)) return vm.createBeforeDestroy ? "replace-create-first" : "replace-destroy-first";
  const declared = (found: unknown, wanted: unknown): boolean => found !== undefined && wanted !== undefined && found !== wanted;
  const hardwareVersion = vm.hardwareVersion && value(vm.hardwareVersion);
  const differs =
    declared(running.cpus, value(vm.cpus)) ||
    declared(running.memoryMb, value(vm.memoryMb)) ||
    declared(running.firmware, value(vm.firmware)) ||
    declared(running.hardwareVersion, hardwareVersion);
  return differs ? "reboot" : "none";
}

function sameRequests(wanted: readonly DeviceRequest[], running: RunningVm, cluster: Cluster): boolean {
  if (running.static) {
    const addresses = wanted.map((request) => (request.kind === "static" ? request.address : ""));
    return addresses.sort().join() === [...running.devices].sort().join();
  }
  if (running.requests) return signature(wanted) === signature(running.requests);
  if (wanted.length !== running.devices.length) return false;
  const host = cluster.hosts.find(({ name }) => name === running.host)!;
  const held = running.devices.map((address) => host.devices.find((device) => device.address === address)!);
  const pair = (request: number, used: ReadonlySet<number>): boolean =>
    request === wanted.length ||
    held.some(
      (device, index) =>
        !used.has(index) &&
        matches(wanted[request]!, { address: device.address, ...device.id }, device.label) &&
        pair(request + 1, new Set([...used, index])),
    );
  return pair(0, new Set());
}

function signature(requests: readonly DeviceRequest[]): string {
  const one = (request: DeviceRequest): string =>
    request.kind === "static" ? request.address : JSON.stringify([request.allowed.map((id) => JSON.stringify(id)).sort(), request.label]);
  return requests.map(one).sort().join();
}

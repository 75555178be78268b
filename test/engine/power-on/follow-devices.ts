import { Cluster, Plan, PlanVm, Step } from "../../../lib/model";

const countOf = ({ carriers: { template } }: PlanVm): number => (template?.known ? template.value.length : 0);

/**
 * Follows a sequence where nothing counts but devices that are all alike, on clusters too large for the brute force: what of it
 * can't be, and who is on and has given up what it had in the end.
 */
export function followDevices(
  { vms }: Plan,
  { hosts, vms: running }: Cluster,
  steps: readonly Step[],
): { readonly wrong: readonly string[]; readonly on: number; readonly gone: number } {
  const free = new Map(hosts.map(({ name, devices }) => [name, new Set(devices.map(({ address }) => address))]));
  const holds = new Map(running.map(({ name, host, devices }) => [name, { host, devices }]));
  for (const { host, devices } of holds.values()) for (const device of devices) free.get(host)!.delete(device);
  const asked = new Map(vms.map((vm) => [vm.address, { label: vm.label, how: vm.action, count: countOf(vm) }]));
  const wrong: string[] = [];
  const [on, gone] = [new Set<string>(), new Set<string>()];
  for (const { action, vm, host, devices = [], refused } of steps) {
    const { label, count, how } = asked.get(vm)!;
    if (action !== "power-on") {
      const old = holds.get(label);
      if (!old || gone.has(vm)) wrong.push(`${vm} is not there`);
      if (how === "replace-create-first" && !on.has(vm)) wrong.push(`${vm} goes before the new one comes`);
      for (const device of old?.devices ?? []) free.get(old!.host)!.add(device);
      gone.add(vm);
      continue;
    }
    if ((how === "reboot" || how === "replace-destroy-first") && !gone.has(vm)) wrong.push(`${vm} comes before the old one goes`);
    if (refused) {
      if ([...free.values()].some(({ size }) => size >= count)) wrong.push(`${vm} fits`);
      continue;
    }
    const here = free.get(host!)!;
    if (on.has(vm) || devices.length !== count || !devices.every((device) => here.delete(device))) wrong.push(`${vm} does not fit`);
    on.add(vm);
  }
  return { wrong, on: on.size, gone: gone.size };
}

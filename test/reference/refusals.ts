import { Host, RefusalReason, isUsable } from "../../lib/model";
import { admits } from "./admission";
import { matches } from "./matching";
import { poolHasRoom } from "./pools";
import { Body, DeviceNow, Problem, value } from "./problem";
import { State, bodiesOn } from "./state";

/**
 * `first`: a create, a replacement or a planned VM. `reboot`: a VM that ran before the plan.
 * `restart`: by HA, which knows no admission control and may use dedicated failover hosts.
 * `evacuation`: off one host and on at another, for maintenance; admission control is left out.
 */
export type Occasion = "first" | "reboot" | "restart" | "evacuation";

/** Section 3: every reason that keeps a body from powering on at a host; none: it is eligible there. */
export function refusals(problem: Problem, state: State, body: number, host: number, occasion: Occasion): readonly RefusalReason[] {
  const vm = problem.bodies[body]!;
  const place = problem.hosts[host]!;
  const reasons: RefusalReason[] = [...hostReasons(problem, vm, place, occasion)];
  const used = bodiesOn(problem, state, host);
  if (sum(used.map(({ cpuMhz }) => cpuMhz)) + vm.cpuMhz > place.cpuMhz) reasons.push("cpu");
  if (sum(used.map(({ memoryMb }) => memoryMb)) + vm.memoryMb > place.memoryMb) reasons.push("memory");
  if (deviceSets(problem, vm, host, state.devices, ~0).length === 0) reasons.push("no-matching-device");
  if (freeDeviceSets(problem, state, body, host).length === 0) reasons.push("no-free-device");
  if (vm.requests.length > deviceMaximum(vm.hardwareVersion, place)) reasons.push("device-maximum");
  reasons.push(...ruleReasons(problem, state, vm, host));
  const applied = occasion === "restart" || occasion === "evacuation";
  if (applied) reasons.push(...planRuleReasons(problem, state, vm, host));
  if (!poolHasRoom(problem, state, vm)) reasons.push("resource-pool");
  if (!applied && !admits(problem, state, vm)) reasons.push("admission-control");
  if (occasion === "first") reasons.push(...vm.refusedEverywhere);
  return reasons;
}

/** P2: the hosts that a power-on can have been given beforehand. */
export function fixedHosts(problem: Problem, body: number): readonly number[] {
  const vm = problem.bodies[body]!;
  if (vm.fixedHost !== undefined) return [vm.fixedHost];
  return problem.hosts.flatMap((host, index) => {
    const kept = hostReasons(problem, vm, host, "first").length === 0 && hostRules(problem, vm, host).length === 0;
    return kept ? [index] : [];
  });
}

/** What is wrong with the host itself. */
function hostReasons({ cluster }: Problem, vm: Body, host: Host, occasion: Occasion): readonly RefusalReason[] {
  const state: Record<Host["state"], RefusalReason | undefined> = {
    connected: undefined,
    disconnected: "disconnected",
    maintenance: "maintenance",
    "entering-maintenance": "maintenance",
    standby: "standby",
  };
  const reasons: (RefusalReason | undefined)[] = [state[host.state]];
  if (host.failover && occasion !== "restart") reasons.push("failover-host");
  if (vm.static && vm.fixedHost !== undefined && cluster.hosts[vm.fixedHost] !== host) reasons.push("not-the-fixed-host");
  if (vm.hardwareVersion !== undefined && !supports(host, vm.hardwareVersion)) reasons.push("hardware-version");
  if (host.datastores && vm.datastores.some((name) => !host.datastores!.includes(name))) reasons.push("datastore");
  if (host.networks && vm.networks.some((name) => !host.networks!.includes(name))) reasons.push("network");
  return reasons.filter((reason) => reason !== undefined);
}

const FIRST_RELEASE: readonly (readonly [version: number, release: string])[] = [
  [13, "6.5"],
  [14, "6.7"],
  [15, "6.7.2"],
  [17, "7.0"],
  [18, "7.0.1"],
  [19, "7.0.2"],
  [20, "8.0"],
  [21, "8.0.2"],
  [22, "9.0"],
];

function supports(host: Host, version: number): boolean {
  if (host.hardwareVersions) return host.hardwareVersions.includes(version);
  const known = FIRST_RELEASE.find(([listed]) => listed === version);
  if (!known) throw new Error(`hardware version ${version} is not in the table`);
  return !before(host.esxi, known[1]);
}

function before(release: string, other: string): boolean {
  const [a, b] = [release, other].map((text) => text.split(".").map(Number));
  for (let part = 0; part < 3; part++) {
    const difference = (a![part] ?? 0) - (b![part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** PCI passthrough devices of a VM, by hardware version and release; an omitted version is the newest that the host supports. */
function deviceMaximum(version: number | undefined, host: Host): number {
  const effective = version ?? Math.max(...FIRST_RELEASE.map(([listed]) => listed).filter((listed) => supports(host, listed)));
  if (effective < 20) return 16;
  if (effective === 20) return before(host.esxi, "8.0.1") ? 32 : 64;
  return 128;
}

function ruleReasons(problem: Problem, state: State, vm: Body, host: number): readonly RefusalReason[] {
  const others = problem.bodies.flatMap((other, index) => {
    const place = state.at[index];
    return place && other.vm !== vm.vm ? [{ vm: other.vm, here: place.host === host }] : [];
  });
  const broken = problem.cluster.vmRules.some(
    ({ mandatory, vms, type }) =>
      mandatory && vms.includes(vm.vm) && others.some((other) => vms.includes(other.vm) && other.here === (type === "separate")),
  );
  return [...hostRules(problem, vm, problem.hosts[host]!), ...(broken ? ["vm-rule" as const] : [])];
}

/** The plan's own rules, which name VMs by their addresses. */
function planRuleReasons(problem: Problem, state: State, vm: Body, host: number): readonly RefusalReason[] {
  const { name } = problem.hosts[host]!;
  return problem.planRules.flatMap(({ kind, vms, hosts }): readonly RefusalReason[] => {
    const named = value(vms);
    if (!named.includes(vm.name)) return [];
    const listed = (hosts ? value(hosts) : []).some((ref) => ref.by === "name" && ref.name === name);
    if (kind === "vm-host-affinity") return listed ? [] : ["host-rule"];
    if (kind === "vm-host-anti-affinity") return listed ? ["host-rule"] : [];
    if (kind !== "vm-affinity" && kind !== "vm-anti-affinity") return [];
    const broken = problem.bodies.some((other, index) => {
      const place = state.at[index];
      return place && other.name !== vm.name && named.includes(other.name) && (place.host === host) === (kind === "vm-anti-affinity");
    });
    return broken ? ["vm-rule"] : [];
  });
}

function hostRules({ cluster }: Problem, vm: Body, host: Host): readonly RefusalReason[] {
  const broken = cluster.hostRules.some(({ mandatory, vms, hosts }) => mandatory && vms.includes(vm.vm) && !hosts.includes(host.name));
  return broken ? ["host-rule"] : [];
}

/** M1, M6, M7: every set of free devices of the host that matches the requests one to one, as masks. */
export function freeDeviceSets(problem: Problem, state: State, body: number, host: number): readonly number[] {
  const held = state.at.reduce((mask, place) => mask | (place?.held ?? 0), 0);
  return deviceSets(problem, problem.bodies[body]!, host, state.devices, ~held);
}

function deviceSets({ hosts, devices }: Problem, vm: Body, host: number, now: readonly DeviceNow[], among: number): readonly number[] {
  if (vm.static && vm.fixedHost !== host) return [];
  let sets = new Set([0]);
  for (const request of vm.requests) {
    const larger = new Set<number>();
    devices.forEach((device, index) => {
      const bit = 1 << index;
      if (device.host !== host || (among & bit) === 0 || now[index]!.state !== "active") return;
      const { healthy, reserved } = hosts[host]!.devices.find(({ address }) => address === device.address)!;
      if (!healthy || reserved !== undefined || !matches(request, device, now[index]!.label)) return;
      for (const set of sets) if ((set & bit) === 0) larger.add(set | bit);
    });
    sets = larger;
  }
  return [...sets];
}

export function isUsableHost(problem: Problem, host: number): boolean {
  return isUsable(problem.hosts[host]!);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

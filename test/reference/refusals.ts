import { Host, RefusalReason, isUsable } from "../../lib/model";
import { admits } from "./admission";
import { isFirstOfAlike } from "./alike";
import { matches } from "./matching";
import { poolHasRoom } from "./pools";
import { Body, DeviceNow, Problem, value } from "./problem";
import { State, bodiesOn } from "./state";

/**
 * `first`: a create, a replacement or a planned VM. `reboot`: a VM that ran before the plan.
 * `restart`: by HA, which knows no admission control and may use dedicated failover hosts.
 * `evacuation`: off one host and on at another, for maintenance; admission control is left out. `move`: aside, by DRS.
 */
export type Occasion = "first" | "reboot" | "restart" | "evacuation" | "move";

/** Section 3: every reason that keeps a body from powering on at a host. */
export function refusals(problem: Problem, state: State, body: number, host: number, occasion: Occasion): readonly RefusalReason[] {
  return [...reasons(problem, state, body, host, occasion)];
}

/** Whether there is no such reason; it asks no further than the first. */
export function isEligible(problem: Problem, state: State, body: number, host: number, occasion: Occasion): boolean {
  return reasons(problem, state, body, host, occasion).next().done === true;
}

function* reasons(problem: Problem, state: State, body: number, host: number, occasion: Occasion): Generator<RefusalReason, undefined> {
  const vm = problem.bodies[body]!;
  const place = problem.hosts[host]!;
  yield* hostReasons(problem, vm, place, occasion);
  const used = bodiesOn(problem, state, host);
  if (sum(used.map(({ cpuMhz }) => cpuMhz)) + vm.cpuMhz > place.cpuMhz) yield "cpu";
  if (sum(used.map(({ memoryMb }) => memoryMb)) + vm.memoryMb > place.memoryMb) yield "memory";
  if (deviceChoices(problem, state, body, host).length === 0) yield "no-free-device";
  if (deviceSets(problem, body, host, state.devices, ~0, true).length === 0) yield "no-matching-device";
  // No version takes fewer than sixteen.
  if (vm.requests.length > 16 && vm.requests.length > deviceMaximum(vm.hardwareVersion, place)) yield "device-maximum";
  yield* ruleReasons(problem, state, vm, host);
  const applied = occasion === "restart" || occasion === "evacuation" || occasion === "move";
  if (applied) yield* planRuleReasons(problem, state, vm, host);
  if (!poolHasRoom(problem, state, vm)) yield "resource-pool";
  if (!applied && !admits(problem, state, vm)) yield "admission-control";
  if (occasion === "first") yield* vm.refusedEverywhere;
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
  if (problem.cluster.vmRules.length === 0) return hostRules(problem, vm, problem.hosts[host]!);
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
  return deviceSets(problem, body, host, state.devices, free(state), false);
}

/** The same, of devices that are alike always the first. */
export function deviceChoices(problem: Problem, state: State, body: number, host: number): readonly number[] {
  return deviceSets(problem, body, host, state.devices, free(state), true);
}

function free({ at }: State): number {
  return ~at.reduce((mask, place) => mask | (place?.held ?? 0), 0);
}

function deviceSets(
  problem: Problem,
  body: number,
  host: number,
  now: readonly DeviceNow[],
  among: number,
  firstOfAlike: boolean,
): readonly number[] {
  let sets: readonly number[] = [0];
  for (const matching of matchingDevices(problem, body, host, now)) {
    const larger = sets.flatMap((set) => {
      const free = matching.filter((device) => ((1 << device) & among & ~set) !== 0);
      return free.filter((device) => !firstOfAlike || isFirstOfAlike(problem, device, among, set)).map((device) => set | (1 << device));
    });
    sets = larger.length > 1 ? [...new Set(larger)] : larger;
  }
  return sets;
}

const matchings = new WeakMap<readonly DeviceNow[], Map<string, readonly (readonly number[])[]>>();

/** For each request of a VM the devices of a host that match it, held or not. Kept for as long as no device changes. */
function matchingDevices(problem: Problem, body: number, host: number, now: readonly DeviceNow[]): readonly (readonly number[])[] {
  const known = matchings.get(now) ?? new Map<string, readonly (readonly number[])[]>();
  matchings.set(now, known);
  const key = `${body} ${host}`;
  const { static: isStatic, fixedHost, requests } = problem.bodies[body]!;
  const found =
    known.get(key) ??
    requests.map((request) =>
      problem.devices.flatMap((device, index) => {
        const { label, state } = now[index]!;
        if (device.host !== host || state !== "active" || (isStatic && fixedHost !== host)) return [];
        const { healthy, reserved } = problem.hosts[host]!.devices.find(({ address }) => address === device.address)!;
        return healthy && reserved === undefined && matches(request, device, label) ? [index] : [];
      }),
    );
  known.set(key, found);
  return found;
}

export function isUsableHost(problem: Problem, host: number): boolean {
  return isUsable(problem.hosts[host]!);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

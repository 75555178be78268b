import { DeviceChange, Host } from "../../lib/model";
import { Body, PlacedDevice, Problem } from "./problem";

/**
 * The one economy with symmetry: devices of a host that nothing in play tells apart can change places in any sequence. For each
 * device all that it is like, as a mask: same host, id, label and fitness, and named by no static request and no device change.
 */
export function alikeDevices(
  hosts: readonly Host[],
  devices: readonly PlacedDevice[],
  bodies: readonly Body[],
  changes: readonly DeviceChange[],
): readonly number[] {
  const named = new Set<string | undefined>([
    ...changes.map(({ pciAddress }) => (pciAddress.known ? pciAddress.value : undefined)),
    ...bodies.flatMap(({ requests }) => requests.map((request) => (request.kind === "static" ? request.address : undefined))),
  ]);
  const kinds = devices.map(({ host, address }) => {
    const { id, label, passthrough, healthy, reserved } = hosts[host]!.devices.find((device) => device.address === address)!;
    const told = named.has(address) ? address : null;
    return JSON.stringify([
      host,
      id.vendor,
      id.device,
      id.subVendor,
      id.subDevice,
      id.revision,
      label,
      passthrough,
      healthy,
      reserved,
      told,
    ]);
  });
  return kinds.map((kind) => kinds.reduce((mask, other, device) => (other === kind ? mask | (1 << device) : mask), 0));
}

/** Whether a device is the first of those like it that are free and not in the set yet. */
export function isFirstOfAlike({ alike }: Problem, device: number, free: number, set: number): boolean {
  const before = (1 << device) - 1;
  return (alike[device]! & before & free & ~set) === 0;
}

const known = new WeakMap<Problem, Map<number, number>>();

/** The same set of devices for all sets that have as many of each kind. */
export function sameForAlike(problem: Problem, held: number): number {
  const sets = known.get(problem) ?? new Map<number, number>();
  known.set(problem, sets);
  const same = sets.get(held) ?? [...new Set(problem.alike)].reduce((set, group) => set | lowest(group, size(held & group)), 0);
  sets.set(held, same);
  return same;
}

function size(set: number): number {
  return set === 0 ? 0 : 1 + size(set & (set - 1));
}

function lowest(set: number, count: number): number {
  return count === 0 ? 0 : (set & -set) | lowest(set & (set - 1), count - 1);
}

import * as fc from "../../properties";
import { RestartInstance } from "../../../lib/engine/failover/restart-instance";
import { Demand } from "../../../lib/engine/packing/bins";
import { Compiled, SmallCase, everyPlacement, smallCases } from "../packing/small-bins";

/** Each VM runs on one of the hosts, beside what is free there, and has to find a place elsewhere when that host fails. */
export const runningCases = fc.tuple(smallCases, fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }), fc.integer({ min: 1, max: 2 }));

export function restartInstance(
  small: SmallCase,
  { bins, hosts, demands, slots }: Compiled,
  at: readonly number[],
  isBatch: (vm: number) => boolean = () => false,
): RestartInstance {
  const usable = hosts.map((_, slot) => slot);
  const itemCountsAt = (slot: number): { readonly demand: Demand; readonly tier: number; readonly count: number }[] =>
    demands.filter((_, vm) => !isBatch(vm) && slots[hostOf(small, at, vm)] === slot).map((demand) => ({ demand, tier: 1, count: 1 }));
  return {
    bins,
    hosts,
    usable,
    dedicated: new Set(),
    running: usable.map(itemCountsAt),
    batch: [],
    everyone: bins.demands.map(() => 0),
    mayPowerOn: () => "all",
    isFree: true,
    reaches: () => true,
    isCovered: true,
    bound: new Set(),
    bindsBatch: false,
  };
}

function hostOf({ hosts }: SmallCase, at: readonly number[], vm: number): number {
  return at[vm]! % hosts.length;
}

/** Hosts of the case that fail; at most as many as there are. */
export function failuresOf({ hosts }: SmallCase, failures: number): number[][] {
  const all = hosts.map((_, host) => host);
  if (failures === 1 || hosts.length === 1) return all.map((host) => [host]);
  return all.flatMap((first) => all.filter((second) => second > first).map((second) => [first, second]));
}

export function victims(small: SmallCase, at: readonly number[], failed: readonly number[]): number[] {
  return small.vms.map((_, vm) => vm).filter((vm) => failed.includes(hostOf(small, at, vm)));
}

export function canBeSaved(small: SmallCase, failed: readonly number[], vms: readonly number[]): boolean {
  return everyPlacement(without(small, failed), vms, true).length > 0;
}

export function without({ hosts, vms }: SmallCase, failed: readonly number[]): SmallCase {
  return { vms, hosts: hosts.map((host, index) => (failed.includes(index) ? { devices: "", memoryMb: 0, cpuMhz: 0 } : host)) };
}

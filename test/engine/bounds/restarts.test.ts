import * as fc from "../../properties";
import { ROUNDING } from "../../../lib/engine/packing/prices";
import { unordered } from "../../../lib/engine/failover/restart-order";
import { isEnough } from "../../../lib/engine/failover/slots";
import { spareHosts } from "../../../lib/engine/failover/spare-hosts";
import { priceBook, scaleOf } from "../../../lib/engine/failover/survival";
import { RestartInstance } from "../../../lib/engine/failover/restart-instance";
import { apart } from "../../../lib/engine/failover/apart";
import { Demand } from "../../../lib/engine/packing/bins";
import { Packing } from "../../../lib/engine/packing/packing";
import { Compiled, SmallCase, compiled, counted, everyPlacement, fitsSomewhere, smallCases } from "./small-bins";
import { Budget } from "../../../lib/engine/packing/budget";

// Each VM runs on one of the hosts, beside what is free there, and has to find a place elsewhere when that host fails.
const runningCases = fc.tuple(smallCases, fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }), fc.integer({ min: 1, max: 2 }));
const RUNS = { numRuns: 600 };

test("in any failure everyone has a place if those have for whom prices prove no order", () => {
  let proved = 0;
  fc.assert(
    fc.property(runningCases, ([small, at, failures]) => {
      const of = compiled(small);
      const instance = restartInstance(small, of, at);
      const left = unordered(instance, new Set(of.demands), failures, priceBook(instance));
      for (const failed of failuresOf(small, failures)) {
        const lost = victims(small, at, failed);
        const asked = lost.filter((vm) => left.has(of.demands[vm]!));
        proved += asked.length < lost.length ? 1 : 0;
        expect(canBeSaved(small, failed, lost)).toBe(canBeSaved(small, failed, asked));
      }
    }),
    RUNS,
  );
  expect(proved).toBeGreaterThan(2);
});

test("a failure that a price list calls harmless leaves a place for the victim, wherever the batch and the other victims are", () => {
  let proved = 0;
  fc.assert(
    fc.property(runningCases, ([small, at, failures]) => {
      const of = compiled(small);
      // The first VM is the victim, the last one is not placed yet.
      const last = small.vms.length - 1;
      const isBatch = (vm: number): boolean => vm > 0 && vm === last;
      const instance = {
        ...restartInstance(small, of, at, isBatch),
        everyone: counted(
          of,
          small.vms.flatMap((_, vm) => (isBatch(vm) ? [vm] : [])),
        ),
      };
      const victim = of.demands[0]!;
      for (const list of priceBook(instance)(victim).lists) {
        const { shares, limit } = scaleOf(instance, victim, list, () => true);
        for (const failed of failuresOf(small, failures)) {
          const lost = victims(small, at, failed).filter((vm) => !isBatch(vm));
          if (!lost.includes(0) || failed.reduce((sum, host) => sum + shares[of.slots[host]!]!, 0) >= limit - ROUNDING) continue;
          proved++;
          const others = [...lost.filter((vm) => vm > 0), ...small.vms.flatMap((_, vm) => (isBatch(vm) ? [vm] : []))];
          const left = without(small, failed);
          expect(everyPlacement(left, others, false).every((state) => fitsSomewhere(left, 0, state))).toBe(true);
        }
      }
    }),
    RUNS,
  );
  expect(proved).toBeGreaterThan(2);
});

test("while spare hosts are left for all failed ones, everyone has a place", () => {
  let proved = 0;
  fc.assert(
    fc.property(runningCases, ([small, at, failures]) => {
      const of = compiled(small);
      const packing = new Packing(of.bins, new Budget(1_000_000));
      const instance = restartInstance(small, of, at);
      const counts = spareHosts(instance, new Set(of.demands), (bin, items) => packing.place([bin], items).kind === "shown");
      for (const failed of failuresOf(small, failures)) {
        const isProved = counts.some(({ shares, total }) => failed.reduce((sum, host) => sum + shares[of.slots[host]!]!, 0) <= total);
        const lost = victims(small, at, failed);
        if (!isProved || lost.length === 0) continue;
        proved++;
        expect(canBeSaved(small, failed, lost)).toBe(true);
      }
      for (const count of counts) {
        const each = failuresOf(small, failures).map((failed) => failed.reduce((sum, host) => sum + count.shares[of.slots[host]!]!, 0));
        expect(isEnough(count, failures, instance.usable)).toBe(each.every((sum) => sum <= count.total));
      }
    }),
    RUNS,
  );
  expect(proved).toBeGreaterThan(2);
});

test("the roomiest hosts are spare first, and none is for a host that loses more than some spare one takes", () => {
  const enough = { memoryMb: 1_000_000, cpuMhz: 1_000_000 };
  const vm = (asks: string): SmallCase["vms"][number] => ({ asks, memoryMb: 1000, cpuMhz: 0, alone: false });
  const small = { hosts: ["A", "A,A,A", "", ""].map((devices) => ({ devices, ...enough })), vms: [vm("A,A"), vm("A"), vm("A")] };
  const of = compiled(small);
  const packing = new Packing(of.bins, new Budget(1_000_000));
  // The third host loses two VMs, the fourth one.
  const counts = spareHosts(
    restartInstance(small, of, [2, 3, 2]),
    new Set(of.demands),
    (bin, items) => packing.place([bin], items).kind === "shown",
  );
  expect(counts.map(({ shares, total }) => ({ total, shares: of.slots.map((slot) => shares[slot]) }))).toEqual([
    { total: 1, shares: [0, 1, 1, 1] },
    { total: 2, shares: [1, 1, 3, 1] },
  ]);
});

test("VMs are apart exactly where no chain of hosts, each with room for two of them, leads from one to the other", () => {
  let several = 0;
  fc.assert(
    fc.property(smallCases, (small) => {
      const of = compiled(small);
      const demands = [...new Set(of.demands)];
      const groups = apart(
        restartInstance(
          small,
          of,
          small.vms.map(() => 0),
        ),
        new Set(demands),
      );
      several += groups.length > 1 ? 1 : 0;
      const groupOf = (demand: Demand): number => groups.findIndex((group) => group.has(demand));
      expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(demands.length);
      const near = (a: Demand, b: Demand): boolean => a === b || of.hosts.some((bin) => of.bins.fits(bin, a) && of.bins.fits(bin, b));
      let reached = demands.map((demand) => new Set([demand]));
      demands.forEach(() => (reached = reached.map((from) => new Set(demands.filter((to) => [...from].some((each) => near(each, to)))))));
      demands.forEach((demand, index) =>
        demands.forEach((other) => expect(groupOf(demand) === groupOf(other)).toBe(reached[index]!.has(other))),
      );
    }),
    RUNS,
  );
  expect(several).toBeGreaterThan(2);
});

function restartInstance(
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
function failuresOf({ hosts }: SmallCase, failures: number): number[][] {
  const all = hosts.map((_, host) => host);
  if (failures === 1 || hosts.length === 1) return all.map((host) => [host]);
  return all.flatMap((first) => all.filter((second) => second > first).map((second) => [first, second]));
}

function victims(small: SmallCase, at: readonly number[], failed: readonly number[]): number[] {
  return small.vms.map((_, vm) => vm).filter((vm) => failed.includes(hostOf(small, at, vm)));
}

function canBeSaved(small: SmallCase, failed: readonly number[], vms: readonly number[]): boolean {
  return everyPlacement(without(small, failed), vms, true).length > 0;
}

function without({ hosts, vms }: SmallCase, failed: readonly number[]): SmallCase {
  return { vms, hosts: hosts.map((host, index) => (failed.includes(index) ? { devices: "", memoryMb: 0, cpuMhz: 0 } : host)) };
}

import * as fc from "../../properties";
import { Demand, Bin, Bins } from "../../../lib/engine/packing/bins";
import { assumedOverheadMb, Cluster, known, Plan } from "../../../lib/model";
import { cluster, hosts, plan, vm } from "../../reference/notation";
import { compiledOf, slotOf } from "../compiled";

/** A few hosts and VMs, small enough to try every placement. */
export interface SmallCase {
  readonly hosts: readonly { readonly devices: string; readonly memoryMb: number; readonly cpuMhz: number }[];
  /** A rule keeps those apart that have to be alone. */
  readonly vms: readonly { readonly asks: string; readonly memoryMb: number; readonly cpuMhz: number; readonly alone: boolean }[];
}

export const smallCases: fc.Arbitrary<SmallCase> = fc.record({
  hosts: fc.array(
    fc.record({
      devices: fc.constantFrom("A", "A,A", "A,A,A", "A,A,A,A", "T,T", "A,T", "T,A,A", "A,H", "H,H", ""),
      memoryMb: fc.constantFrom(1_000_000, 1_000_000, 5000, 8000),
      cpuMhz: fc.constantFrom(1_000_000, 1_000_000, 5000, 8000),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  vms: fc.array(
    fc.record({
      asks: fc.constantFrom("A", "A", "T", "A,A", "A,A,A", "A|H", "A,T", "H", "T,T", ""),
      memoryMb: fc.constantFrom(1000, 1000, 2000, 3000),
      cpuMhz: fc.constantFrom(0, 0, 1000, 2500),
      alone: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

/** What the bounds and searches are asked about, and how the VMs of the case are called there. */
export interface Compiled {
  readonly bins: Bins;
  readonly hosts: readonly Bin[];
  /** By VM of the case. */
  readonly demands: readonly Demand[];
  /** By host of the case: where it is among the rooms. */
  readonly slots: readonly number[];
}

export function compiled(small: SmallCase): Compiled {
  const alone = small.vms.flatMap((each, index) => (each.alone ? [`v${index}`] : []));
  const apart = { name: "apart", vms: alone, type: "separate" as const, mandatory: true, source: { file: "notation", line: 1 } };
  const of: Cluster = cluster({
    hosts: small.hosts.flatMap(({ devices, memoryMb, cpuMhz }, index) => hosts(`h${index}[${devices}]`, { memoryMb, cpuMhz })),
    vmRules: alone.length > 1 ? [apart] : [],
  });
  const asked: Plan = plan(
    small.vms.map(({ asks, memoryMb, cpuMhz }, index) =>
      vm(`v${index}`, asks, { memoryMb: known(memoryMb), memoryReservationMb: known(memoryMb), cpuReservationMhz: known(cpuMhz) }),
    ),
  );
  const { transition } = compiledOf(asked, of);
  const bins = new Bins(transition.problem, "power-on");
  const demands = asked.vms.map(({ address }) => {
    const vmClass = transition.problem.classes.find(({ members }) => members.some(({ id }) => id === address))!;
    return bins.demandOf(vmClass);
  });
  // What takes nothing that can run out is no question.
  fc.pre(demands.every((demand) => demand !== undefined));
  const slots = of.hosts.map(({ name }) => slotOf(transition.problem, name));
  return {
    bins,
    hosts: transition.initial().hosts.map((host) => bins.of(host)),
    demands: demands.flatMap((demand) => demand ?? []),
    slots,
  };
}

/** How many VMs there are of each demand. */
export function counted({ bins, demands }: Compiled, vms: readonly number[]): number[] {
  return bins.demands.map((demand) => vms.filter((each) => demands[each] === demand).length);
}

/** A host with the devices, the memory and the CPU that it has left; A100 without and with a label, and H100. */
interface Place {
  readonly devices: string;
  readonly memoryMb: number;
  readonly cpuMhz: number;
  /** Whether one of those is here that have to be alone. */
  readonly taken: boolean;
}

/** An unlabelled request takes a labelled device, too (M2). */
const SERVED_BY: Readonly<Record<string, string>> = { A: "AT", T: "T", H: "H", "A|H": "ATH" };

/** Every end of putting the VMs on, one after the other, on any host and any devices; with `all` none may be left out. */
export function everyPlacement(small: SmallCase, vms: readonly number[], all: boolean): readonly (readonly Place[])[] {
  let states = new Map([
    ["", small.hosts.map(({ devices, ...rest }): Place => ({ ...rest, devices: devices.replaceAll(",", ""), taken: false }))],
  ]);
  for (const each of vms) {
    const next = new Map<string, Place[]>();
    const keep = (state: Place[]): void => void next.set(JSON.stringify(state), state);
    for (const state of states.values()) {
      if (!all) keep(state);
      state.forEach((place, index) =>
        afterPutting(small, each, place).forEach((left) => keep(state.map((other, at) => (at === index ? left : other)))),
      );
    }
    states = next;
  }
  return [...states.values()];
}

export function fitsSomewhere(small: SmallCase, each: number, state: readonly Place[]): boolean {
  return state.some((place) => afterPutting(small, each, place).length > 0);
}

function afterPutting({ vms }: SmallCase, each: number, { devices, memoryMb, cpuMhz, taken }: Place): Place[] {
  const { asks, alone, ...needs } = vms[each]!;
  const left = {
    memoryMb: memoryMb - needs.memoryMb - assumedOverheadMb(needs.memoryMb, asks !== ""),
    cpuMhz: cpuMhz - needs.cpuMhz,
    taken: taken || alone,
  };
  if (left.memoryMb < 0 || left.cpuMhz < 0 || (taken && alone)) return [];
  const lefts = asks
    .split(",")
    .filter(Boolean)
    .reduce(
      (found, ask) =>
        found.flatMap((free) =>
          [...free].flatMap((device, at) => (SERVED_BY[ask]!.includes(device) ? [free.slice(0, at) + free.slice(at + 1)] : [])),
        ),
      [devices],
    );
  return [...new Set(lefts)].map((free) => ({ ...left, devices: free }));
}

import { Budget } from "../../../lib/engine/packing/budget";
import { Bin, Bins, Demand } from "../../../lib/engine/packing/bins";
import { Assignment } from "../../../lib/engine/packing/answer";
import { Cluster, Host, known, PlanVm } from "../../../lib/model";
import { cluster, hosts, plan, vm } from "../../reference/notation";
import { compiledOf, slotOf } from "../compiled";

/** Hosts and VMs as counts. */
export interface Counted {
  readonly bins: Bins;
  /** In the order of the text; a slot is a place in this list. */
  readonly hosts: readonly Bin[];
  /** By VM, in the order of the text. */
  readonly demands: readonly Demand[];
  /** How many of each demand there are among the VMs at these places of the text. */
  readonly counts: (vms: readonly number[]) => number[];
}

/**
 * Hosts as the worked examples write them, `h1[A*2] h2[A]@10`, the latter with 10 MHz; and VMs, `A,A A@5 -@5 A!`: with two devices,
 * with one and 5 MHz, with 5 MHz alone, and with a device and a rule that keeps it apart from all others with `!`.
 */
export function countedOf(hostsText: string, vmsText: string, more: Partial<Host> = {}): Counted {
  const of = clusterOf(hostsText, vmsText, more);
  const { transition } = compiledOf(plan(vmsOf(vmsText)), of);
  const { problem } = transition;
  const bins = new Bins(problem, "power-on");
  const initial = transition.initial().hosts;
  const demands = vmsOf(vmsText).map(({ address }) => {
    const demand = bins.demandOf(problem.classes.find(({ members }) => members.some(({ id }) => id === address))!);
    if (!demand) throw new Error("a VM that takes nothing is no question");
    return demand;
  });
  return {
    bins,
    hosts: of.hosts.map(({ name }) => bins.of(initial[slotOf(problem, name)]!)),
    demands,
    counts: (vms) => bins.demands.map((demand) => vms.filter((each) => demands[each] === demand).length),
  };
}

function clusterOf(hostsText: string, vmsText: string, more: Partial<Host>): Cluster {
  const declared = hostsText
    .split(" ")
    .filter(Boolean)
    .flatMap((text) => {
      const [host, cpuMhz] = text.split("@");
      return hosts(host!, { ...more, ...(cpuMhz === undefined ? {} : { cpuMhz: Number(cpuMhz) }) });
    });
  const alone = vmsOf(vmsText).flatMap(({ label }, index) => (vmsText.split(" ")[index]!.endsWith("!") ? [label] : []));
  const rule = { name: "apart", vms: alone, type: "separate" as const, mandatory: true, source: { file: "notation", line: 1 } };
  return cluster({ hosts: declared, vmRules: alone.length > 0 ? [rule] : [] });
}

function vmsOf(text: string): readonly PlanVm[] {
  return text
    .split(" ")
    .filter(Boolean)
    .map((each, index) => {
      const [asks, mhz = "0"] = each.replace("!", "").split("@");
      return vm(`v${index}`, asks === "-" ? "" : asks!, { cpuReservationMhz: known(Number(mhz)) });
    });
}

/** The places in a list of VMs: all of them, or all from one on. */
export function placesIn(vmsText: string, from = 0): readonly number[] {
  return vmsText
    .split(" ")
    .filter(Boolean)
    .map((_, index) => index)
    .slice(from);
}

/** What the hosts have left after the assignments; throws where one of them can't be carried out. */
export function carriedOut({ bins, hosts }: Counted, assignments: readonly Assignment[]): readonly Bin[] {
  const now = [...hosts];
  for (const { slot, demand, next } of assignments) {
    if (!bins.place(now[slot]!, bins.demands[demand]!).includes(next)) throw new Error(`demand ${demand} can't be put on ${slot}`);
    now[slot] = next;
  }
  return now;
}

/** By demand: how many the assignments place. */
export function placedBy({ bins }: Counted, assignments: readonly Assignment[]): number[] {
  return bins.demands.map(({ index }) => assignments.filter(({ demand }) => demand === index).length);
}

export const PLENTY = 1_000_000;

/** A limit that is reached may only ever say less: what is answered with every limit up to one that is plenty. */
export function withEveryLimit<T>(ask: (budget: Budget) => T, most = 400): ReadonlySet<T> {
  return new Set(Array.from({ length: most }, (_, limit) => ask(new Budget(limit))));
}

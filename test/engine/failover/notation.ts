import { PlacementSpace, batchSpace, runningSpace } from "../../../lib/engine/failover/placement-space";
import { RestartInstance, restartInstance } from "../../../lib/engine/failover/restart-instance";
import { Demand } from "../../../lib/engine/packing/bins";
import { Budget } from "../../../lib/engine/packing/budget";
import { judgePowerOn } from "../../../lib/engine/power-on/judge-power-on";
import { Transition } from "../../../lib/engine/state-space/transition";
import { Cluster, Host, PlanVm, RestartPriority, RunningVm } from "../../../lib/model";
import { cluster, ha, hosts, plan, running } from "../../reference/notation";
import { classOf, compiledOf, slotOf } from "../compiled";

/** A cluster as the proofs about failures see it. */
export interface Failing {
  readonly transition: Transition;
  readonly space: PlacementSpace;
  readonly instance: RestartInstance;
  readonly slot: (host: string) => number;
  readonly demand: (vm: string) => Demand;
}

/** What `runningOn` says, and a batch that may be anywhere. */
export function failingOf(hostsText: string, runs: string, batch: readonly PlanVm[] = [], more: Partial<Host> = {}): Failing {
  const { transition, inForce } = compiledOf(plan(batch), runningOn(hostsText, runs, more));
  const { problem } = transition;
  const space =
    batch.length === 0 ? runningSpace(transition) : batchSpace(transition, judgePowerOn(transition, inForce, new Budget(100_000)));
  const instance = restartInstance(problem, space, ({ tier }) => tier > 0);
  return {
    transition,
    space,
    instance,
    slot: (host) => slotOf(problem, host),
    demand: (vm) => instance.bins.demandOf(classOf(problem, vm))!,
  };
}

/**
 * Hosts as the worked examples write them, `h1[A*2] h2[A]!`, the latter a dedicated failover host; and VMs that run on them,
 * called r0, r1 and so on: `h1:A,A h1:A^high h2:A!` with two devices, with one and a priority, and one that is bound to its host.
 */
export function runningOn(hostsText: string, runs: string, more: Partial<Host> = {}): Cluster {
  const declared = hostsText.split(" ").flatMap((text) => hosts(text.replace("!", ""), { ...more, failover: text.endsWith("!") }));
  const kinds = new Map(hostsText.split(" ").map((text) => [text.split("[")[0]!, kindsIn(/\[(.*)\]/.exec(text)![1]!)]));
  const vms = runs
    .split(" ")
    .filter(Boolean)
    .map((text, index): RunningVm => {
      const [host, what] = text.replace("!", "").split(":");
      const [asks, priority] = what!.split("^");
      const free = kinds.get(host!)!;
      const held = asks!.split(",").filter((ask) => ask !== "-").map((ask) => take(free, ask)); // prettier-ignore
      return running(`r${index}`, host!, held, {
        static: text.endsWith("!"),
        ...(priority ? { restartPriority: priority as RestartPriority } : {}),
      });
    });
  return cluster({ hosts: declared, vms, ha: ha(1) });
}

function kindsIn(inside: string): (string | undefined)[] {
  return inside
    .split(",")
    .filter(Boolean)
    .flatMap((part) => Array<string>(Number(part.split("*")[1] ?? "1")).fill(part.split("*")[0]!));
}

/** The first device of a kind that is free. */
function take(free: (string | undefined)[], kind: string): number {
  const at = free.indexOf(kind);
  free[at] = undefined;
  return at;
}

import { batchOf } from "../../lib/engine/compile/batch";
import { compile } from "../../lib/engine/compile/compile";
import { InForce, inForceFor } from "../../lib/engine/compile/in-force";
import { JudgeOptions } from "../../lib/engine/compile/judge-options";
import { PlanIndex } from "../../lib/engine/compile/plan-index";
import { Problem, StepClass, VmClass } from "../../lib/engine/compile/problem";
import { Transition } from "../../lib/engine/state-space/transition";
import { Cluster, Plan } from "../../lib/model";
import { inventory } from "../reference/notation";

/** A plan and a cluster, compiled: what the proofs and searches are asked about. */
export interface Compiled {
  readonly transition: Transition;
  readonly inForce: InForce;
}

export function compiledOf(plan: Plan, cluster: Cluster, options: JudgeOptions = {}): Compiled {
  const index = new PlanIndex(plan, inventory(cluster));
  const batch = batchOf(cluster, cluster, index, new Set());
  const { inForce } = inForceFor(batch, index);
  return { transition: new Transition(compile(batch, cluster.hosts, inForce, options)), inForce };
}

/** Where a host is among the slots. */
export function slotOf({ slots }: Problem, name: string): number {
  return slots.findIndex(({ host }) => host.name === name);
}

/** The hosts at these slots, by name and sorted. */
export function hostsAt({ slots }: Problem, at: readonly number[]): readonly string[] {
  return at.map((slot) => slots[slot]!.host.name).sort();
}

/** The class of a VM, by its short name. */
export function classOf({ classes }: Problem, name: string): VmClass {
  return classes.find(({ members }) => members.some((member) => member.name === name))!;
}

/** The power-on of a VM, by its short name. */
export function powerOnOf({ classes, steps }: Problem, name: string): StepClass {
  return steps.find(({ kind, vmClass }) => kind === "power-on" && classes[vmClass!]!.members.some((member) => member.name === name))!;
}

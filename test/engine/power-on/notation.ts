import { Bins, binsOf } from "../../../lib/engine/packing/bins";
import { Budget } from "../../../lib/engine/packing/budget";
import { Packing } from "../../../lib/engine/packing/packing";
import { Cuts } from "../../../lib/engine/power-on/cuts";
import { Precedence } from "../../../lib/engine/power-on/precedence";
import { Transition } from "../../../lib/engine/state-space/transition";
import { Cluster, DeviceChange, PlanVm } from "../../../lib/model";
import { cluster, hosts, plan } from "../../reference/notation";
import { compiledOf } from "../compiled";

/** A batch that releases or changes devices. */
export interface Updates {
  readonly hosts: string;
  readonly runs?: Cluster["vms"];
  readonly vms: readonly PlanVm[];
  readonly changes?: readonly DeviceChange[];
}

export function transitionOf({ hosts: text, runs = [], vms, changes = [] }: Updates): Transition {
  return compiledOf(plan(vms, changes), cluster({ hosts: hosts(text), vms: runs })).transition;
}

/** The parts that its proofs share. */
export interface Parts {
  readonly transition: Transition;
  readonly bins: Bins;
  readonly precedence: Precedence;
  readonly packing: Packing;
  readonly cuts: Cuts;
}

export function partsOf(updates: Updates, limit = 1_000_000): Parts {
  const transition = transitionOf(updates);
  const bins = binsOf(transition.problem, "power-on");
  const precedence = new Precedence(transition.problem, bins);
  const packing = new Packing(bins, new Budget(limit));
  const cuts = Cuts.of(transition, bins, precedence, new Set(), packing)!;
  return { transition, bins, precedence, packing, cuts };
}

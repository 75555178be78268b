import { FailureSet } from "./failure-sets";
import { Problem } from "../compile/problem";
import { State } from "../state-space/transition";
import { Course } from "../state-space/restart-course";
import { Off, compareOff } from "../state-space/explore-restarts";

/** A failure and its end, with the names by which F4 breaks ties. */
export interface WorstCase {
  readonly placement: State;
  readonly failed: FailureSet;
  readonly off: Off;
  readonly hosts: readonly string[];
  readonly vms: readonly string[];
  /** A course of restarts that ends so, where one was followed. */
  readonly course?: Course;
}

/** Equal hosts and VMs can change places: of each kind the first names are taken, so that F4's ties are broken right. */
export function named({ slots, kinds, classes }: Problem, placement: State, failed: FailureSet, off: Off): WorstCase {
  const perKind = kinds.map(() => 0);
  for (const slot of failed) perKind[slots[slot]!.kind]!++;
  const chosen = slots.filter(({ kind }) => perKind[kind]!-- > 0);
  const onChosen = (index: number): string[] =>
    chosen.flatMap(({ occupants }) => occupants.filter(({ class: other }) => other === index).map(({ vm }) => vm.id));
  const vms = off.flatMap((count, index) => {
    const { occupant, members } = classes[index]!;
    return count === 0 ? [] : (occupant ? onChosen(index) : members.map(({ id }) => id)).sort(byCodeUnit).slice(0, count);
  });
  return { placement, failed, off, hosts: chosen.map(({ host }) => host.name).sort(byCodeUnit), vms: vms.sort(byCodeUnit) };
}

/** F4: most VMs off, then of the highest priorities, then the smallest host list, then the smallest VM list. */
export function worseOf<T extends WorstCase>(problem: Problem, a: T | undefined, b: T): T {
  if (!a) return b;
  const order = compareOff(b.off, a.off, problem) || compareLists(a.hosts, b.hosts) || compareLists(a.vms, b.vms);
  return order > 0 ? b : a;
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Positive where `a` comes after `b`: element by element, a prefix first. */
export function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return byCodeUnit(a[i]!, b[i]!);
  return a.length - b.length;
}

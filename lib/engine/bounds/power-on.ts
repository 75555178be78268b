import { Problem, StepClass, VmClass } from "../problem";
import { Budget, Path } from "../search";
import { State, Transition } from "../transition";
import { Blocking } from "./blocking";
import { cannotFit } from "./failures";
import { Other, isNeverRefused } from "./never-refused";
import { ancestors, descendants, refusing, succeeding } from "./sequences";

/** What is proved of a batch without looking at its orders. */
export interface PowerOnProof {
  readonly verdict: "guaranteed" | "order-dependent" | "impossible";
  readonly canBeOff: ReadonlySet<number>;
  /** Unless guaranteed; absent where a VM can never be on, so that any order shows it. */
  readonly failing?: Path;
  /** With order-dependent. */
  readonly succeeding?: Path;
}

/**
 * Section 5 by bounds alone, for a batch that only creates, with DRS placing every VM and nothing but capacity in the way.
 * Every step class is settled on its own: never refused by the j-bounds, or refused by a sequence that shows it.
 * Undefined: not settled here.
 */
export function provePowerOn(transition: Transition, budget: Budget): PowerOnProof | undefined {
  const { problem } = transition;
  if (!isPlain(problem) || problem.steps.length > MOST_STEPS) return undefined;
  const greedy = problem.slots.length * problem.steps.reduce((sum, { size }) => sum + size, 0);
  const initial = transition.initial();
  const never = alwaysOff(transition, initial);
  const canBeOff = new Set(never);
  let failing: Path | undefined;
  for (const step of problem.steps) {
    if (canBeOff.has(step.index)) continue;
    const settled = canBeRefused(transition, initial, step, never, () => budget.spend(greedy));
    if (settled === undefined) return undefined;
    if (settled === "never") continue;
    failing ??= settled;
    for (const index of [step.index, ...descendants(transition, step)]) canBeOff.add(index);
  }
  if (canBeOff.size === 0) return { verdict: "guaranteed", canBeOff };
  const shown = failing ? { failing } : {};
  if (never.size > 0) return { verdict: "impossible", canBeOff, ...shown };
  const path = succeeding(transition);
  if (path) return { verdict: "order-dependent", canBeOff, ...shown, succeeding: path };
  const batch = problem.steps.map(({ vmClass, size }) => ({ vmClass: problem.classes[vmClass!]!, count: size }));
  return cannotFit(problem, initial.hosts, batch) ? { verdict: "impossible", canBeOff, ...shown } : undefined;
}

/** Each step class is held against every other: beyond these it takes longer than anyone waits. */
const MOST_STEPS = 600;

function isPlain({ steps, classes, rules, admission, pools }: Problem): boolean {
  return !admission && !pools && rules.length === 0 && steps.every(({ kind, vmClass }) => kind === "power-on" && !classes[vmClass!]!.fixedHost);
}

/** Steps that can't work even with every host as empty as it will ever be, and what waits for them. */
function alwaysOff(transition: Transition, initial: State): Set<number> {
  const found = new Set<number>();
  for (const step of transition.problem.steps) {
    if (transition.outcomes(initial, step).some(({ worked }) => worked)) continue;
    found.add(step.index);
    for (const index of descendants(transition, step)) found.add(index);
  }
  return found;
}

function canBeRefused(
  transition: Transition,
  initial: State,
  step: StepClass,
  never: ReadonlySet<number>,
  mayTry: () => boolean,
): Path | "never" | undefined {
  const { problem } = transition;
  const victim = problem.classes[step.vmClass!]!;
  if (victim.weightless) return "never";
  const later = descendants(transition, step);
  const others = problem.steps
    .filter(({ index }) => !later.has(index) && !never.has(index))
    .map(({ index, vmClass, size }): Other => ({ vmClass: problem.classes[vmClass!]!, count: index === step.index ? size - 1 : size }));
  const hosts = initial.hosts.filter(({ kind }) => problem.kinds[kind]!.mayPowerOn[victim.index]);
  if (isNeverRefused(problem, victim, hosts, others)) return "never";
  if (!mayTry()) return undefined;
  const path = refusing(transition, step);
  if (path) return path;
  return greedyIsExact(transition, step, victim) ? "never" : undefined;
}

/**
 * The greedy of `refusing` finds every refusal where the victim and all that could stand in its way want the same devices on
 * the same hosts, in sizes of which each divides the next, with nothing else to run out and nothing to wait for. Worst-fit
 * decreasing: an exchange argument moves any refusal into the greedy's shape.
 */
function greedyIsExact(transition: Transition, step: StepClass, victim: VmClass): boolean {
  const { problem } = transition;
  const blocking = new Blocking(problem, victim);
  const rivals = problem.steps.filter(({ vmClass }) => blocking.weight(problem.classes[vmClass!]!) > 0);
  const classes = rivals.map(({ vmClass }) => problem.classes[vmClass!]!);
  const wanted = [...new Set(classes.flatMap(({ requests }) => requests))];
  const sizes = [...new Set(classes.map(({ requests }) => requests.length))].sort((a, b) => a - b);
  return (
    [step, ...rivals].every(({ after }) => after.length === 0) &&
    ancestors(transition, step).size === 0 &&
    classes.every(({ memoryMb, cpuMhz, refused }) => memoryMb === 0 && cpuMhz === 0 && refused.length === 0) &&
    sizes.every((size, index) => index === 0 || size % sizes[index - 1]! === 0) &&
    problem.kinds.every(
      ({ groups, mayPowerOn }) =>
        groups.every(({ before }) => wanted.every((request) => before[request] === before[wanted[0]!])) &&
        classes.every(({ index }) => mayPowerOn[index] === mayPowerOn[victim.index]),
    )
  );
}

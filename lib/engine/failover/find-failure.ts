import { Budget } from "../packing/budget";

/** Hosts that fail alike: the same VMs to bring back, the same room left. */
export interface FailureGroup {
  readonly slots: readonly number[];
  /** Weights of one of them, one for each of the tests. */
  readonly weights: readonly number[];
}

/**
 * Looks for a failure of `size` hosts, equal hosts once and the heaviest first, that `test` accepts. `isHarmless` is told the
 * most that the weights of all failed hosts may add up to, and passes over what is known not to matter, with all that share its
 * beginning. "never": there is none; "open": a limit was reached.
 */
export function findFailure<T>(
  groups: readonly FailureGroup[],
  size: number,
  isHarmless: (most: readonly number[]) => boolean,
  budget: Budget,
  /** A host that fails in any case. */
  first: { readonly slot: number; readonly weights: readonly number[] } | undefined,
  test: (failed: readonly number[]) => T | "never" | "open",
): T | "never" | "open" {
  const others = groups
    .map(({ slots, weights }) => ({ weights, slots: slots.filter((slot) => slot !== first?.slot) }))
    .filter(({ slots }) => slots.length > 0);
  const sorted = others.sort((a, b) => (b.weights[0] ?? 0) - (a.weights[0] ?? 0));
  const flat = sorted.flatMap(({ slots, weights }, group) => slots.map((slot) => ({ slot, weights, group })));
  const heaviest = (sorted[0]?.weights ?? []).map((_, index) =>
    heaviestRests(
      flat.map(({ weights }) => weights[index]!),
      size,
    ),
  );
  const sums = heaviest.map((_, index) => first?.weights[index] ?? 0);
  const failed: number[] = first ? [first.slot] : [];
  let open = false;
  const go = (at: number): T | undefined => {
    const missing = size - failed.length;
    if (missing > flat.length - at) return undefined;
    if (isHarmless(sums.map((sum, index) => sum + heaviest[index]![at]![missing]!))) return undefined;
    if (!budget.spend(1 + sums.length)) {
      open = true;
      return undefined;
    }
    if (missing === 0) {
      const answer = test(failed);
      if (answer === "open") open = true;
      return answer === "open" || answer === "never" ? undefined : answer;
    }
    const { slot, weights, group } = flat[at]!;
    failed.push(slot);
    weights.forEach((weight, index) => (sums[index]! += weight));
    const found = go(at + 1);
    if (found !== undefined) return found;
    weights.forEach((weight, index) => (sums[index]! -= weight));
    failed.pop();
    if (open && budget.isSpent) return undefined;
    // Without this one, none of its equals: which of them fail does not matter, only how many.
    let next = at + 1;
    while (next < flat.length && flat[next]!.group === group) next++;
    return go(next);
  };
  return go(0) ?? (open ? "open" : "never");
}

/** By position and number: the sum of that many largest weights from there on. */
export function heaviestRests(weights: readonly number[], most: number): number[][] {
  const rests: number[][] = new Array<number[]>(weights.length + 1);
  const top: number[] = [];
  for (let at = weights.length; at >= 0; at--) {
    if (at < weights.length) insert(top, weights[at]!, most);
    const sums = new Array<number>(most + 1).fill(0);
    for (let number = 1; number <= most; number++) sums[number] = sums[number - 1]! + (top[number - 1] ?? 0);
    rests[at] = sums;
  }
  return rests;
}

/** Into a list of at most `most`, the largest first. */
function insert(top: number[], weight: number, most: number): void {
  let at = top.length;
  while (at > 0 && top[at - 1]! < weight) at--;
  if (at >= most) return;
  top.splice(at, 0, weight);
  if (top.length > most) top.pop();
}

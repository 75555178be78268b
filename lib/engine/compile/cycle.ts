import { listing } from "../../model";
import { Problem } from "./problem";

/**
 * Why some steps can never start, though nothing before them fails: they wait for each other. Terraform never writes such a
 * plan, but a plan is an input. Undefined where the order has no cycle.
 */
export function cycleIn({ steps }: Problem): string | undefined {
  const followers: number[][] = steps.map(() => []);
  for (const { index, after } of steps) for (const before of after) followers[before]!.push(index);
  const late = withoutEnds(
    steps.map((_, index) => index),
    steps.map(({ after }) => after),
    followers,
  );
  // What only waits for a cycle is no part of it.
  const stuck = withoutEnds(
    late,
    followers,
    steps.map(({ after }) => after),
  );
  if (stuck.length === 0) return undefined;
  const ids = [...new Set(stuck.map((index) => steps[index]!.id))].sort((a, b) => (a < b ? -1 : 1));
  return ids.length === 1
    ? `${ids[0]!} waits for itself, so that it can't start`
    : `${listing(ids)} wait for each other, so that none of them can start`;
}

/** Takes away again and again what has nothing before it among those that are left. */
function withoutEnds(all: readonly number[], before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number[] {
  const left = new Set(all);
  const waitsFor = before.map((list) => list.filter((index) => left.has(index)).length);
  const queue = all.filter((index) => waitsFor[index] === 0);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    left.delete(next);
    for (const index of after[next]!) if (left.has(index) && --waitsFor[index]! === 0) queue.push(index);
  }
  return [...left];
}

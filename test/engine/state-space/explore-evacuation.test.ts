import { Budget } from "../../../lib/engine/packing/budget";
import { EvacuationSearch } from "../../../lib/engine/state-space/explore-evacuation";
import { Off } from "../../../lib/engine/state-space/explore-restarts";
import { failingOf } from "../failover/notation";

/** The first host is emptied. */
function down(hostsText: string, runs: string, limit: number): readonly Off[] | undefined {
  const { transition, slot } = failingOf(hostsText, runs);
  const { problem } = transition;
  const { hosts } = transition.initial();
  const rest = hosts.filter((_, at) => at !== slot("h1"));
  const leaving = problem.classes.map(({ index, requests }) => hosts[slot("h1")]!.members.filter((member) => member === index && requests.length > 0).length); // prettier-ignore
  return new EvacuationSearch(problem, transition.hosts, new Budget(limit)).fewestDown(rest, leaving);
}

/** How many stay down at least, and in how many different ways. */
const TABLE: readonly (readonly [title: string, hosts: string, running: string, down: number, ends: number])[] = [
  ["nobody", "h1[A] h2[A]", "", 0, 1],
  ["one has a place", "h1[A] h2[A]", "h1:A", 0, 1],
  ["one has none", "h1[A] h2[H]", "h1:A", 1, 1],
  ["no other host", "h1[A]", "h1:A", 1, 1],
  ["the best order is enough", "h1[A*4] h2[A*2] h3[A*2]", "h1:A h1:A h1:A,A", 0, 1],
  ["rather one large one down than two small ones", "h1[A*4] h2[A*2]", "h1:A h1:A h1:A,A", 1, 1],
  ["equals: one of them, whichever", "h1[A*2] h2[A]", "h1:A h1:A", 1, 1],
  ["either of two that differ", "h1[A,T] h2[T]", "h1:A h1:T", 1, 2],
  ["a dedicated failover host is no target", "h1[A] h2[A]!", "h1:A", 1, 1],
  ["who is bound stays down", "h1[A] h2[A]", "h1:A!", 1, 1],
  ["unprotected VMs leave, too", "h1[A] h2[A]", "h1:A^disabled", 0, 1],
];

test.each(TABLE)("a host is emptied: %s", (_, hostsText, runs, count, ends) => {
  const found = down(hostsText, runs, 100_000)!;
  expect(new Set(found.map((end) => end.reduce((sum, each) => sum + each, 0)))).toEqual(new Set([count]));
  expect(found.length).toBe(ends);
});

test.each(TABLE)("a limit that is reached says nothing, never else: %s", (_, hostsText, runs, count) => {
  for (const limit of [0, 1, 5, 20]) {
    for (const end of down(hostsText, runs, limit) ?? []) expect(end.reduce((sum, each) => sum + each, 0)).toBe(count);
  }
});

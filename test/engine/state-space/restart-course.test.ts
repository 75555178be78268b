import { courseOf } from "../../../lib/engine/state-space/restart-course";
import { classOf } from "../compiled";
import { failingOf } from "../failover/notation";

/** The survivors' free devices in the end, and how many stay off, where each VM goes to the host that is left with least or most free. */
function run(hostsText: string, runs: string, down: string, order: readonly string[], free: 1 | -1): { left: string[]; off: number } {
  const { transition, space, slot } = failingOf(hostsText, runs);
  const { problem, hosts } = transition;
  const survivors = space.base.hosts.map((host, at) => (at === slot(down) ? undefined : hosts.forRestart(host)));
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const score: Parameters<typeof courseOf>[3][number]["score"] = (_, __, next) => free * sum(next.free);
  const { ends, off } = courseOf(
    problem,
    hosts,
    survivors,
    order.map((vm) => ({ vmClass: classOf(problem, vm), score })),
  );
  return { left: ends.map((host) => String(sum(host.free))).sort(), off: sum(off) };
}

test.each<[title: string, hosts: string, running: string, order: readonly string[], free: 1 | -1, left: string, off: number]>([
  ["nobody", "h1[A] h2[A]", "", [], 1, "0", 0],
  ["where least is left", "h1[A] h2[A] h3[A*2]", "h1:A", ["r0"], 1, "0 2", 0],
  ["where most is left", "h1[A] h2[A] h3[A*3]", "h1:A", ["r0"], -1, "1 2", 0],
  ["the first takes the only place", "h1[A*2] h2[A]", "h1:A h1:A", ["r1", "r0"], 1, "0", 1],
  ["a dedicated failover host first, though less suits", "h1[A] h2[A]! h3[A*3]", "h1:A", ["r0"], -1, "0 3", 0],
  ["who is bound to its host stays off", "h1[A] h2[A]", "h1:A!", ["r0"], 1, "1", 1],
  ["a small one in the way of a large one", "h1[A*3] h2[A*2] h3[H]", "h1:A h1:A,A", ["r0", "r1"], 1, "0 1", 1],
])("a course of restarts: %s", (_, hostsText, runs, order, free, left, off) => {
  expect(run(hostsText, runs, "h1", order, free)).toEqual({ left: left.split(" "), off });
});

test("a lower restart priority never comes first", () => {
  expect(() => run("h1[A*2] h2[A]", "h1:A^high h1:A", "h1", ["r1", "r0"], 1)).toThrow("higher restart priority");
});

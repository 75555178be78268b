import { Budget } from "../../../lib/engine/packing/budget";
import { HostStates } from "../../../lib/engine/state-space/host-states";
import { compareOff, isDeep, RestartResult, RestartSearch } from "../../../lib/engine/state-space/explore-restarts";
import { Problem } from "../../../lib/engine/compile/problem";
import { failingOf } from "../failover/notation";

/** The first host fails. */
function restarted(
  hostsText: string,
  runs: string,
  limit: number,
): { readonly result: RestartResult | undefined; readonly problem: Problem; readonly end: () => number } {
  const { transition, slot } = failingOf(hostsText, runs);
  const { problem } = transition;
  const { hosts } = transition.initial();
  const states = transition.hosts;
  const survivors = hosts.filter((_, at) => at !== slot("h1")).map((host) => states.forRestart(host));
  const victims = problem.classes.map(({ tier, index }) => (tier > 0 ? hosts[slot("h1")]!.members.filter((member) => member === index).length : 0)); // prettier-ignore
  const search = new RestartSearch(problem, states, new Budget(limit));
  const result = search.outcome(survivors, victims);
  const free = (): number => search.courseTo(survivors, victims, result!.worst[0]!).ends.flatMap((host) => host.free).reduce((sum, count) => sum + count, 0); // prettier-ignore
  return { result, problem, end: free };
}

/** Whether some order saves all, whether every order does, how many are off at worst, and how many devices are free then. */
const TABLE: readonly (readonly [title: string, hosts: string, running: string, can: boolean, all: boolean, off: number, free: number])[] =
  [
    // A device that nobody asks for is in no count.
    ["nobody was there", "h1[A] h2[A]", "", true, true, 0, 0],
    ["one place for one", "h1[A] h2[A]", "h1:A", true, true, 0, 0],
    ["no host is left", "h1[A]", "h1:A", false, false, 1, 0],
    ["no device is left", "h1[A] h2[]", "h1:A", false, false, 1, 0],
    ["one place for two", "h1[A*2] h2[A]", "h1:A h1:A", false, false, 1, 0],
    ["the pair first, else it is off", "h1[A*4] h2[A*2] h3[A*2]", "h1:A h1:A h1:A,A", true, false, 1, 2],
    ["by priority the pair is first", "h1[A*4] h2[A*2] h3[A*2]", "h1:A h1:A h1:A,A^high", true, true, 0, 0],
    [
      "by priority the singles are: some choice still saves all",
      "h1[A*4] h2[A*2] h3[A*2]",
      "h1:A^high h1:A^high h1:A,A",
      true,
      false,
      1,
      2,
    ],
    ["who is bound never restarts", "h1[A] h2[A]", "h1:A!", false, false, 1, 1],
    ["who is not protected is no victim", "h1[A] h2[]", "h1:A^disabled", true, true, 0, 0],
    // E40: the single has to try the failover host first; without it the pair has no place.
    ["E40: a dedicated failover host is tried first", "h1[A*3] h2[A*2]! h3[A]", "h1:A^high h1:A,A", false, false, 1, 2],
    ["E40: an ordinary host is not", "h1[A*3] h2[A*2] h3[A]", "h1:A^high h1:A,A", true, false, 1, 2],
  ];

test.each(TABLE)("restarts: %s", (_, hostsText, runs, can, all, off, free) => {
  const { result, end } = restarted(hostsText, runs, 1_000_000);
  const worst = result!.worst.map((each) => each.reduce((sum, count) => sum + count, 0));
  expect([result!.canSaveAll, result!.savesAll, new Set(worst)]).toEqual([can, all, new Set([off])]);
  expect(end()).toBe(free);
});

test.each(TABLE)("a limit that is reached says nothing, never else: %s", (_, hostsText, runs, can, all) => {
  for (const limit of [0, 1, 3, 10]) {
    const { result } = restarted(hostsText, runs, limit);
    if (result) expect([result.canSaveAll, result.savesAll]).toEqual([can, all]);
  }
});

test.each<[title: string, victims: readonly number[], deep: boolean]>([
  ["nobody", [], false],
  ["as many as are looked at", [399, 1], false],
  ["one more", [400, 1], true],
])("a search as deep as that is not begun: %s", (_, victims, deep) => {
  expect(isDeep(victims)).toBe(deep);
});

test.each<[title: string, worse: readonly number[], better: readonly number[], order: number]>([
  ["more VMs off", [0, 2, 0], [1, 0, 0], 1],
  ["of higher priority", [1, 0, 1], [0, 1, 1], 1],
  ["of the same", [0, 1, 0], [0, 0, 1], 0],
  ["nobody and nobody", [0, 0, 0], [0, 0, 0], 0],
])("which end is worse (F4): %s", (_, worse, better, order) => {
  const problem = { classes: [{ tier: 4 }, { tier: 3 }, { tier: 3 }] } as unknown as Problem;
  expect([Math.sign(compareOff(worse, better, problem)), Math.sign(compareOff(better, worse, problem))]).toEqual([
    order,
    order === 0 ? 0 : -order,
  ]);
});

test("a table of states of its own is no difference", () => {
  const { transition } = failingOf("h1[A] h2[A]", "h1:A");
  const { problem } = transition;
  const states = new HostStates(problem);
  const slot = problem.slots.findIndex(({ host }) => host.name === "h2");
  const result = new RestartSearch(problem, states, new Budget(100)).outcome(
    [states.initial(slot)],
    problem.classes.map(() => 1),
  );
  expect(result).toMatchObject({ canSaveAll: true, savesAll: true });
});

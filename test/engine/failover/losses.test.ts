import { LossProver } from "../../../lib/engine/failover/losses";
import { Budget } from "../../../lib/engine/packing/budget";
import { hostsAt } from "../compiled";
import { failingOf } from "./notation";

/** The hosts of a failure that loses a VM in every order, or that there is none. */
const TABLE: readonly (readonly [title: string, hosts: string, running: string, size: number, lost: readonly string[] | "never"])[] = [
  ["nobody fails", "h1[A]", "h1:A", 0, "never"],
  ["nobody runs", "h1[A] h2[A]", "", 1, "never"],
  ["the only host", "h1[A]", "h1:A", 1, ["h1"]],
  ["one place for one", "h1[A] h2[A]", "h1:A", 1, "never"],
  ["no place for one", "h1[A] h2[H]", "h1:A", 1, ["h1"]],
  ["one place for two", "h1[A*2] h2[A]", "h1:A h1:A", 1, ["h1"]],
  ["the place fails, too", "h1[A] h2[A]", "h1:A", 2, ["h1", "h2"]],
  ["a pair between two single devices", "h1[A*2] h2[A] h3[A]", "h1:A,A", 1, ["h1"]],
  ["the pair first and the single after it: some order is enough", "h1[A*3] h2[A*2] h3[A]", "h1:A h1:A,A", 1, "never"],
  // 3 + 3 + 2 in 4 + 4: counts of devices and slots all say yes.
  ["only a search sees it", "h1[A*8] h2[A*4] h3[A*4]", "h1:A,A,A h1:A,A,A h1:A,A", 1, ["h1"]],
  ["3 + 3 + 2 in 5 + 3", "h1[A*8] h2[A*5] h3[A*3]", "h1:A,A,A h1:A,A,A h1:A,A", 1, "never"],
  ["who is bound to the host is lost with it", "h1[A] h2[A]", "h1:A!", 1, ["h1"]],
  ["unprotected VMs are not missed, but take their place", "h1[A] h2[A]", "h1:A^disabled h2:A", 1, ["h2"]],
  ["a dedicated failover host takes what it can", "h1[A] h2[A]!", "h1:A", 1, "never"],
];

test.each(TABLE)("losses: %s", (_, hostsText, runs, size, lost) => {
  const { instance, transition } = failingOf(hostsText, runs);
  const found = new LossProver(instance, new Budget(100_000)).loss(size);
  expect(typeof found === "string" ? found : hostsAt(transition.problem, found)).toEqual(lost);
});

test.each(TABLE)("a limit that is reached says less, never else: %s", (_, hostsText, runs, size, lost) => {
  const { instance, transition } = failingOf(hostsText, runs);
  const found = [...Array(100).keys()].map((limit) => new LossProver(instance, new Budget(limit)).loss(size));
  const said = found.filter((each) => each !== "open").map((each) => (typeof each === "string" ? each : hostsAt(transition.problem, each)));
  for (const each of said) expect(each).toEqual(lost);
});

test("one failure, by its hosts", () => {
  const { instance, slot } = failingOf("h1[A] h2[A] h3[A]", "h1:A h2:A");
  const losses = new LossProver(instance, new Budget(100_000));
  expect([["h1"], ["h3"], ["h1", "h3"], ["h1", "h2"]].map((names) => losses.lossAt(names.map(slot)))).toEqual([
    "never",
    "never",
    true,
    true,
  ]);
});

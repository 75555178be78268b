import { FailoverProver } from "../../../lib/engine/failover/failover-prover";
import { Budget } from "../../../lib/engine/packing/budget";
import { hostsAt } from "../compiled";
import { failingOf } from "./notation";

/** A failure of so many hosts that can leave a VM off in some order, or that there is none. */
const TABLE: readonly (readonly [title: string, hosts: string, running: string, size: number, spoils: readonly string[] | "never"])[] = [
  ["nobody fails", "h1[A]", "h1:A", 0, "never"],
  ["nobody runs", "h1[A] h2[A]", "", 1, "never"],
  ["one place for one", "h1[A] h2[A]", "h1:A", 1, "never"],
  ["no place for one", "h1[A] h2[H]", "h1:A", 1, ["h1"]],
  ["two places for two", "h1[A*2] h2[A*2]", "h1:A h1:A", 1, "never"],
  // Two singles that go apart leave no two devices on one host; one single can't spoil both.
  ["two singles spoil two places for a pair", "h1[A*4] h2[A*2] h3[A*2]", "h1:A h1:A h1:A,A", 1, ["h1"]],
  ["one single does not", "h1[A*3] h2[A*2] h3[A*2]", "h1:A h1:A,A", 1, "never"],
  ["a pair that restarts first is not in anybody's way", "h1[A*4] h2[A*2] h3[A*2]", "h1:A h1:A h1:A,A^high", 1, "never"],
  ["singles that restart first are", "h1[A*4] h2[A*2] h3[A*2]", "h1:A^high h1:A^high h1:A,A", 1, ["h1"]],
  ["what fails with another host", "h1[A*3] h2[A*2] h3[A*2]", "h1:A h1:A,A", 2, ["h1", "h2"]],
  ["who is bound to its host", "h1[A] h2[A]", "h1:A!", 1, ["h1"]],
  // The single has to try the failover host first, and there it leaves one device for the pair.
  ["a dedicated failover host is tried first", "h1[A*3] h2[A*2]! h3[A]", "h1:A h1:A,A", 1, ["h1"]],
];

test.each(TABLE)("what can leave a VM off: %s", (_, hostsText, runs, size, spoils) => {
  const { instance, transition } = failingOf(hostsText, runs);
  const found = new FailoverProver(instance, new Budget(100_000)).counterexample(size);
  const names = typeof found === "string" ? found : hostsAt(transition.problem, found);
  if (size < 2 || spoils === "never") expect(names).toEqual(spoils);
  // Of two, any that does is a proof.
  else expect(names).toContain(spoils[0]);
});

test.each(TABLE)("a limit that is reached says less, never else: %s", (_, hostsText, runs, size, spoils) => {
  const { instance } = failingOf(hostsText, runs);
  const found = [...Array(100).keys()].map((limit) => new FailoverProver(instance, new Budget(limit)).counterexample(size));
  const said = new Set(found.map((each) => (typeof each === "object" ? "spoils" : each)).filter((each) => each !== "open"));
  expect(said.size).toBeLessThan(2);
  for (const each of said) expect(each).toBe(spoils === "never" ? "never" : "spoils");
});

test.each<[title: string, hosts: string, running: string, tolerates: number]>([
  ["never all hosts, though nobody runs", "h1[A] h2[A]", "", 1],
  ["none, of one host", "h1[A]", "", 0],
  ["one", "h1[A] h2[A] h3[H]", "h1:A", 1],
  ["two", "h1[A] h2[A] h3[A]", "h1:A", 2],
  ["none, where one is bound to its host", "h1[A] h2[A]", "h1:A!", 0],
])("the failures that are proved to be survived: %s", (_, hostsText, runs, tolerates) => {
  expect(new FailoverProver(failingOf(hostsText, runs).instance, new Budget(100_000)).tolerates).toBe(tolerates);
});

test("E40: with restart priorities, who tries a dedicated failover host first is left to a search", () => {
  const { instance } = failingOf("h1[A*3] h2[A*2]! h3[A]", "h1:A^high h1:A,A");
  expect(new FailoverProver(instance, new Budget(100_000)).counterexample(1)).toBe("open");
});

test.each<[title: string, domain: readonly string[], found: "shown" | "never"]>([
  ["of one host", ["h1"], "never"],
  ["of both that have room", ["h1", "h3"], "shown"],
  ["of hosts without VMs", ["h2", "h3"], "never"],
])("a fault domain fails as a whole: %s", (_, domain, found) => {
  const { instance, slot } = failingOf("h1[A] h2[H] h3[A]", "h1:A");
  expect(new FailoverProver(instance, new Budget(100_000)).hasCounterexample(1, [domain.map(slot)])).toBe(found);
});

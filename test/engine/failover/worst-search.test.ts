import * as fc from "../../properties";
import { prepare } from "../../../lib/engine";
import { FailoverJudge } from "../../../lib/engine/failover/judge-failover";
import { FailoverProver } from "../../../lib/engine/failover/failover-prover";
import { FailureSet } from "../../../lib/engine/failover/failure-sets";
import { maintenance, movingInstance } from "../../../lib/engine/failover/maintenance";
import { mostDown } from "../../../lib/engine/failover/most-down";
import { PlacementSpace, batchSpace } from "../../../lib/engine/failover/placement-space";
import { restartInstance } from "../../../lib/engine/failover/restart-instance";
import { ShownFailures } from "../../../lib/engine/failover/shown-failures";
import { FoundWorst, WorstSearch } from "../../../lib/engine/failover/worst-search";
import { Budget } from "../../../lib/engine/packing/budget";
import { judgePowerOn } from "../../../lib/engine/power-on/judge-power-on";
import { WorldQuestion } from "../../../lib/engine/question";
import { Transition } from "../../../lib/engine/state-space/transition";
import { Case, mixedCases } from "../../reference/generate";
import { inventory } from "../../reference/notation";
import { failingOf } from "./notation";

/** A case whose every placement can be looked at, and that the bounds can speak about. */
interface Asked {
  readonly transition: Transition;
  readonly space: PlacementSpace;
  readonly judge: FailoverJudge;
  readonly hostFailures: number;
}

function asked({ plan, cluster, options }: Case): Asked | undefined {
  const prepared = prepare(plan, inventory(cluster), options);
  const { worlds, batch, hostFailures } = prepared.questionOf(prepared.inventory.clusters[0]!, () => true);
  const [{ rules, problem: compiled, atEnd }, ...others] = worlds as [WorldQuestion, ...WorldQuestion[]];
  if (others.length > 0 || atEnd || batch.opaque.length > 0 || rules.unknownRules.length > 0) return undefined;
  const transition = new Transition(compiled());
  const { problem } = transition;
  if (problem.defrag || problem.rules.some(({ type }) => type !== "separate")) return undefined;
  const power = judgePowerOn(transition, rules.inForce, new Budget(1_000_000));
  if (!power.drawn) return undefined;
  const space = batchSpace(transition, power);
  return { transition, space, judge: new FailoverJudge(transition, space, new Budget(10_000_000)), hostFailures };
}

function search({ transition, space, judge }: Omit<Asked, "hostFailures">, hostFailures: number): FoundWorst | undefined {
  const { problem } = transition;
  const budget = new Budget(100_000);
  const instance = restartInstance(problem, space, ({ tier }) => tier > 0);
  const prover = new FailoverProver(instance, budget);
  const domains = domainsOf(transition, instance.usable);
  const largest = Math.min(hostFailures, instance.usable.length);
  prover.hasCounterexample(largest, domains);
  const shown = new ShownFailures(transition, space, instance, prover, (placement) => judge.weightlessVictims(placement), budget.another());
  return new WorstSearch(problem, space, instance, prover, (failed) => shown.of(failed), budget.another(), largest, domains).find();
}

function domainsOf({ problem }: Transition, usable: readonly number[]): FailureSet[] {
  const domainOf = (slot: number): string | undefined => problem.kinds[problem.slots[slot]!.kind]!.faultDomain;
  const names = new Set(usable.flatMap((slot) => domainOf(slot) ?? []));
  return [...names].map((name) => usable.filter((slot) => domainOf(slot) === name));
}

test("what is called the worst failure is the one of all placements, failures and orders; what is shown is no worse", () => {
  const seen = { proved: 0, shown: 0 };
  fc.assert(
    fc.property(mixedCases, (each) => {
      const question = asked(each);
      if (!question || question.hostFailures === 0) return;
      const { worst, decidedBy } = question.judge.judge(question.hostFailures);
      const found = worst && decidedBy === "every order" ? search(question, question.hostFailures) : undefined;
      if (!worst || !found) return;
      const { failure, isWorst } = found;
      seen[isWorst ? "proved" : "shown"]++;
      if (isWorst) expect([failure.hosts, failure.vms]).toEqual([worst.hosts, worst.vms]);
      expect(failure.vms.length).toBeGreaterThan(0);
      expect(failure.vms.length).toBeLessThanOrEqual(worst.vms.length);
    }),
    { numRuns: 1000 },
  );
  // Nothing is learned from a search that gives up.
  expect(seen.proved).toBeGreaterThan(fc.share(80));
});

test("hosts that are said to be blocked without looking at every placement are", () => {
  let blocked = 0;
  fc.assert(
    fc.property(mixedCases, (each) => {
      const question = asked(each);
      if (!question) return;
      const { transition, space, judge } = question;
      const found = mostDown(transition, space, movingInstance(transition, space), new Budget(100_000));
      if (!found || !space.placements()) return;
      blocked += found.length;
      expect(found).toEqual(maintenance(transition, space, judge, new Budget(10_000_000)));
    }),
    { numRuns: 600 },
  );
  expect(blocked).toBeGreaterThan(fc.share(30));
});

/** With VMs that run: the hosts and the VMs that stay off. */
test.each<[title: string, hosts: string, running: string, failures: number, down: readonly string[], off: readonly string[]]>([
  ["E17: as many off, of a higher tier", "h1[A*2] h2[A*2]", "h1:A^high h1:A^low h2:A", 1, ["h2"], ["r2"]],
  ["of equal ones the first name", "h2[A] h1[A]", "h2:A h1:A", 1, ["h1"], ["r1"]],
  ["more hosts only where they leave more off", "h1[A] h2[H] h3[H]", "h1:A", 2, ["h1"], ["r0"]],
  ["hosts that are worse together", "h1[A] h2[A] h3[A*2]", "h1:A h2:A h3:A", 2, ["h1", "h3"], ["r0", "r2"]],
  ["all hosts", "h1[A*2] h2[A*2]", "h1:A h2:A", 2, ["h1", "h2"], ["r0", "r1"]],
  ["who is bound to its host", "h1[A*2] h2[A*2]", "h2:A! h1:A", 1, ["h2"], ["r0"]],
  ["two models, each with its own room", "h1[A,H] h2[A] h3[H*2]", "h1:A h1:H h2:A h3:H", 1, ["h1"], ["r0"]],
])("the worst failure: %s", (_, hostsText, runs, failures, down, off) => {
  const { transition, space } = failingOf(hostsText, runs);
  const judge = new FailoverJudge(transition, space, new Budget(100_000));
  const found = search({ transition, space, judge }, failures);
  expect(found && { hosts: found.failure.hosts, off: found.failure.vms, isWorst: found.isWorst }).toEqual({
    hosts: down,
    off,
    isWorst: true,
  });
  expect(judge.judge(failures).worst).toMatchObject({ hosts: down, vms: off });
});

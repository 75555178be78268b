import * as fc from "../../properties";
import { prepare } from "../../../lib/engine";
import { FailoverJudge, FailoverResult } from "../../../lib/engine/failover/judge-failover";
import { FailoverProver } from "../../../lib/engine/failover/failover-prover";
import { FailureSet } from "../../../lib/engine/failover/failure-sets";
import { batchSpace } from "../../../lib/engine/failover/placement-space";
import { restartInstance } from "../../../lib/engine/failover/restart-instance";
import { ShownFailures } from "../../../lib/engine/failover/shown-failures";
import { compareLists } from "../../../lib/engine/failover/worst-case";
import { FoundWorst, WorstSearch } from "../../../lib/engine/failover/worst-search";
import { Budget } from "../../../lib/engine/packing/budget";
import { judgePowerOn } from "../../../lib/engine/power-on/judge-power-on";
import { Transition } from "../../../lib/engine/state-space/transition";
import { Case, mixedCases } from "../../reference/generate";
import { inventory } from "../../reference/notation";

/** What the search finds, and what comes of looking at every placement, failure and order; undefined where the search is not for it. */
function both({ plan, cluster, options }: Case): { readonly found: FoundWorst | undefined; readonly all: FailoverResult } | undefined {
  const prepared = prepare(plan, inventory(cluster), options);
  const [declared] = prepared.inventory.clusters;
  const { worlds, batch, rules, hostFailures } = prepared.questionOf(declared!, () => true);
  if (worlds.length !== 1 || batch.opaque.length > 0 || rules.unknownRules.length > 0 || hostFailures === 0) return undefined;
  const transition = new Transition(worlds[0]!.problem());
  const { problem } = transition;
  if (problem.defrag || problem.rules.some(({ type }) => type !== "separate")) return undefined;
  const power = judgePowerOn(transition, rules.inForce, new Budget(1_000_000));
  if (!power.drawn) return undefined;
  const space = batchSpace(transition, power);
  const budget = new Budget(100_000);
  const judge = new FailoverJudge(transition, space, new Budget(10_000_000));
  const all = judge.judge(hostFailures);
  if (!all.worst || all.decidedBy !== "every order") return undefined;
  const instance = restartInstance(problem, space, ({ tier }) => tier > 0);
  const prover = new FailoverProver(instance, budget);
  const domains = domainsOf(transition, instance.usable);
  prover.hasCounterexample(Math.min(hostFailures, instance.usable.length), domains);
  const shown = new ShownFailures(transition, space, instance, prover, (placement) => judge.weightlessVictims(placement), budget.another());
  const largest = Math.min(hostFailures, instance.usable.length);
  const search = new WorstSearch(problem, space, instance, prover, (failed) => shown.of(failed), budget.another(), largest, domains);
  return { found: search.find(), all };
}

function domainsOf({ problem }: Transition, usable: readonly number[]): FailureSet[] {
  const domainOf = (slot: number): string | undefined => problem.kinds[problem.slots[slot]!.kind]!.faultDomain;
  const names = new Set(usable.flatMap((slot) => domainOf(slot) ?? []));
  return [...names].map((name) => usable.filter((slot) => domainOf(slot) === name));
}

test("what is called the worst failure is the one of all placements, failures and orders; what is shown is not worse", () => {
  const seen = { none: 0, worst: 0, some: 0, missed: 0 };
  fc.assert(
    fc.property(mixedCases, (asked) => {
      const answers = both(asked);
      if (!answers) return;
      const { found, all } = answers;
      const worst = all.worst!;
      if (!found) {
        seen[worst.vms.length === 0 ? "none" : "missed"]++;
        return;
      }
      const { failure, isWorst } = found;
      seen[isWorst ? "worst" : "some"]++;
      if (isWorst) expect([failure.hosts, failure.vms]).toEqual([worst.hosts, worst.vms]);
      expect(failure.vms.length).toBeGreaterThan(0);
      expect(failure.vms.length).toBeLessThanOrEqual(worst.vms.length);
    }),
    { numRuns: 4000 },
  );
  console.log(seen);
  expect(compareLists([], [])).toBe(0);
});

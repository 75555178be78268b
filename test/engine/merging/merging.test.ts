import * as fc from "../../properties";
import * as engine from "../../../lib/engine";
import { hostConstraint } from "../../../lib/engine/constraints/host/constraint";
import { ClusterJudgement } from "../../../lib/model";
import { Case, cases } from "../../reference/generate";
import { alikeCases } from "./alike";
import { FLIPS, unlisted } from "./flips";
import { unmergedEngine } from "./unmerged";

/**
 * Two hosts, devices or VMs are equal if they agree in all that something reads. Whatever is forgotten there is seen here: one of
 * several equal things is changed in one field, and the engine has to say what it says where nothing is merged.
 */
const WORK = 4000;
const unmerged = unmergedEngine();

/** What both say of a case: where the limit is reached is not the same, so that one may say less. */
function answers(of: Case): readonly [merged: unknown, unmerged: unknown] {
  const [merged, apart] = [engine, unmerged].map(({ judge, prepare }) => {
    return judge(prepare(of.plan, { files: [], clusters: [of.cluster] }, { ...of.options, maxWork: WORK })).clusters[0]!;
  });
  return common(merged!, apart!);
}

function common(a: ClusterJudgement, b: ClusterJudgement): readonly [unknown, unknown] {
  const parts: ((judgement: ClusterJudgement) => unknown)[] = [
    ({ powerOn: { verdict } }) => (verdict === "unknown" ? undefined : verdict),
    ({ powerOn: { complete, canBeLeftOff } }) => (complete ? canBeLeftOff : undefined),
    ({ failover: { verdict } }) => (verdict === "unknown" ? undefined : verdict),
    ({ failover }) => failover.dependsOn,
    ({ failover }) => failover.worst,
    ({ failover }) => failover.tolerates,
    ({ maintenance }) => maintenance,
    ({ admissionControl }) => admissionControl,
  ];
  const both = parts.filter((part) => part(a) !== undefined && part(b) !== undefined);
  return [both.map((part) => part(a)), both.map((part) => part(b))];
}

test.each(FLIPS.map((flip) => [`${flip.noun}.${flip.field}: ${JSON.stringify(flip.value)}`, flip] as const))("%s", (_, { apply }) => {
  const flipped = fc.tuple(alikeCases, fc.nat(5)).map(([of, at]) => apply(of, at));
  const property = fc.property(
    flipped.filter((of) => of !== undefined),
    (of) => {
      const [merged, apart] = answers(of);
      expect(merged).toEqual(apart);
    },
  );
  fc.assert(property, { numRuns: 16 });
});

test("nothing is merged wrongly in clusters with a bit of everything either", () => {
  const property = fc.property(cases({ rules: true, pools: true, planActions: true }), (of) => {
    const [merged, apart] = answers(of);
    expect(merged).toEqual(apart);
  });
  fc.assert(property, { numRuns: 60 });
});

test("every field that a thing has is flipped, or it is said why not", () => {
  for (const of of fc.sample(alikeCases, 200)) expect(unlisted(of)).toEqual([]);
});

test("a constraint can't read what it does not name", () => {
  const sees = hostConstraint({
    reads: { vm: [], host: ["state"] },
    // @ts-expect-error: it is not among what it reads
    refusals: (_, { state, rebindWithoutReboot }) => [{ reason: "maintenance", name: `${state} ${String(rebindWithoutReboot)}` }],
  });
  // @ts-expect-error: a list of objects can't tell hosts apart
  hostConstraint({ reads: { vm: [], host: ["devices"] }, refusals: () => [] });
  expect(sees.reads).toEqual({ vm: [], host: ["state"] });
});

import * as fc from "../properties";
import { Cluster, Plan } from "../../lib/model";
import { clusterOf } from "./case-cluster";
import { planOf } from "./case-plan";
import { planRulesOf, rulesOf } from "./case-rules";
import { anyFeatures, caseSpec, CaseSpec, Features } from "./case-spec";
import { Options } from "./problem";

/** What the referee is asked: a small plan, the cluster that it is for, and what the command says. */
export interface Case {
  readonly plan: Plan;
  readonly cluster: Cluster;
  readonly options: Options;
}

export const mixedCases: fc.Arbitrary<Case> = anyFeatures.chain((features) => cases(features));

export function cases(features: Features = {}): fc.Arbitrary<Case> {
  return caseSpec(features).map((spec) => caseOf(spec, features));
}

function caseOf(spec: CaseSpec, features: Features): Case {
  const { cluster, runs } = clusterOf(spec, features);
  const plan = planOf(spec, features, cluster.hosts, runs);
  const options: Options = {
    ...(spec.given === undefined ? {} : { hostFailures: spec.given }),
    ...(features.options && spec.faultDomains ? { faultDomains: true } : {}),
    ...(features.options && spec.defrag ? { defrag: "movable" } : {}),
  };
  if (!features.rules) return { plan, cluster, options };

  // Whether a rule tells a VM from its own replacement, while both are on, is not said.
  const twice = plan.vms.filter(({ createBeforeDestroy }) => createBeforeDestroy).map(({ label }) => label);
  const names = [...cluster.vms, ...plan.vms.map(({ label }) => ({ name: label }))].map(({ name }) => name);
  const ruled = [...new Set(names)].filter((name) => !twice.includes(name));
  return {
    plan: { ...plan, rules: planRulesOf(spec, cluster.hosts, plan) },
    cluster: { ...cluster, ...rulesOf(spec, cluster.hosts, ruled, cluster.vms) },
    options,
  };
}

import * as fc from "../properties";
import { Cluster, Plan } from "../../lib/model";
import { clusterOf } from "./case-cluster";
import { planOf } from "./case-plan";
import { planRulesOf, rulesOf } from "./case-rules";
import { caseSpec, CaseSpec, Features } from "./case-spec";

/** What the referee is asked: a small plan, the cluster that it is for, and N where it is not the inventory's. */
export interface Case {
  readonly plan: Plan;
  readonly cluster: Cluster;
  readonly options: { readonly hostFailures?: number };
}

export function cases(features: Features = {}): fc.Arbitrary<Case> {
  return caseSpec(features).map((spec) => caseOf(spec, features));
}

function caseOf(spec: CaseSpec, features: Features): Case {
  const { cluster, runs } = clusterOf(spec, features);
  const plan = planOf(spec, features, cluster.hosts, runs);
  const options = spec.given === undefined ? {} : { hostFailures: spec.given };
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

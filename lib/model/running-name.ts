import { Maybe } from "./maybe";
import { PlanVm } from "./plan";

/** The name that a stack's VM runs under now, if it runs: the plan may rename it. */
export function runningNameOf({ name, runningName }: Pick<PlanVm, "name" | "runningName">): Maybe<string> {
  return runningName ?? name;
}

import { Finding, RuleDescription } from "../model";
import { Facts } from "./facts/facts";

/** One thing that can be found. Its id, once released, does not change. */
export interface Rule extends RuleDescription {
  check(facts: Facts): readonly Hit[];
}

/** A finding, without what its rule says of all of them. */
export type Hit = Omit<Finding, "rule" | "severity" | "suppressed"> & Partial<Pick<Finding, "severity">>;

import { Finding, Severity } from "../model";
import { Facts } from "./facts/facts";

/** One thing that can be found. Its id, once released, does not change. */
export interface Rule {
  readonly id: string;
  /** Of its findings, unless one says otherwise. */
  readonly severity: Severity;
  /** One line: what is found. */
  readonly title: string;
  /** Why it matters, in a few sentences. */
  readonly explanation: string;
  /** What to do about it, unless a finding knows better. */
  readonly fix: string;
  /** A message as people see it. */
  readonly example?: string;
  check(facts: Facts): readonly Hit[];
}

/** A rule as people read about it. */
export type RuleDescription = Omit<Rule, "check">;

/** A finding, without what its rule says of all of them. */
export type Hit = Omit<Finding, "rule" | "severity" | "suppressed"> & Partial<Pick<Finding, "severity">>;

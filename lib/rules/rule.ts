import { Finding, RefusalReason, RuleDescription } from "../model";
import { Facts } from "./facts/facts";

/** One thing that can be found. Its id, once released, does not change. */
export interface Rule extends RuleDescription {
  /** What hosts say that refuse a VM because of what is found: its being off is then a consequence. */
  readonly refuses?: readonly RefusalReason[];
  /** What is found makes verdicts of the cluster unknown. */
  readonly makesUnknown?: true;
  check(facts: Facts): readonly Hit[];
}

/** A finding, without what its rule says of all of them. */
export type Hit = Omit<Finding, "rule" | "severity" | "suppressed" | "because"> &
  Partial<Pick<Finding, "severity">> & {
    /** The VMs that it is about, where that is not the resource alone, as the judgement names them. */
    readonly vms?: readonly string[];
  };

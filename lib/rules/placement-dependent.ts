import { listing } from "../model";
import { Rule } from "./rule";
import { worstFailureIn } from "./words/worst-failure";

const DECIDES = { placement: "where VMs are placed", order: "the order of the restarts" } as const;

export const placementDependent: Rule = {
  id: "placement-dependent",
  severity: "error",
  explains: "placement-dependent",
  title: "whether every VM comes back after a host failure depends on placement or restart order",
  explanation:
    "Some legal placement or restart order brings every protected VM back, another leaves one off, and nothing in the plan chooses " +
    "between them. A VM with passthrough devices can't be moved afterwards to make room.",
  fix: "restart larger VMs first (ha_vm_restart_priority), fence sizes with hardware labels, or keep more devices free",
  check: (facts) =>
    facts.judgement.clusters
      .filter(({ failover }) => failover.verdict === "placement-dependent")
      .map((judged) => {
        const deciders = (["placement", "order"] as const).filter((decider) => judged.failover.dependsOn?.includes(decider));
        const decide = `${listing(deciders.map((decider) => DECIDES[decider]))} decide${deciders.length === 1 ? "s" : ""}`;
        const { message, remedy } = worstFailureIn(facts, judged, "can stay");
        return {
          ...facts.placeOf(judged),
          message: deciders.length === 0 ? message : `${message}; ${decide}`,
          // Where devices alone are short, another order or other labels can do; where something else refuses, that has to change.
          ...(remedy !== undefined && { fix: remedy }),
        };
      }),
};

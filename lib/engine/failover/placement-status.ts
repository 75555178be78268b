import { Failover } from "../../model";

/** What becomes of a placement when hosts fail: every order saves all, some does, or in some failure none does. */
export type PlacementStatus = "survives" | "order" | "lost";

const SEVERITY: readonly PlacementStatus[] = ["survives", "order", "lost"];

export function worse(a: PlacementStatus, b: PlacementStatus): PlacementStatus {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b;
}

/** F3, of every placement. */
export function verdictOf(statuses: readonly PlacementStatus[]): Pick<Failover, "verdict" | "dependsOn"> {
  if (statuses.every((status) => status === "survives")) return { verdict: "survives" };
  if (statuses.every((status) => status === "lost")) return { verdict: "fails" };
  const differs = statuses.some((status) => status !== statuses[0]);
  const byOrder = statuses.includes("order");
  return {
    verdict: "placement-dependent",
    dependsOn: [...(byOrder ? (["order"] as const) : []), ...(differs ? (["placement"] as const) : [])],
  };
}

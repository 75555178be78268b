import { hostConstraint } from "./constraint";

/** A dedicated failover host takes VMs after a failure only (A3). */
export const failoverHost = hostConstraint({
  reads: { vm: [], host: ["failover"] },
  refusals: (_, { failover }, { restart }) => (failover && !restart ? [{ reason: "failover-host" }] : []),
});

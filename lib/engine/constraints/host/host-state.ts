import { hostConstraint } from "./constraint";

/** Connected, and not in (or entering) maintenance or standby. */
export const hostState = hostConstraint({
  reads: { vm: [], host: ["state"] },
  refusals: (_, { state }) => {
    if (state === "connected") return [];
    return [{ reason: state === "entering-maintenance" ? "maintenance" : state }];
  },
});

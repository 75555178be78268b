import { hostConstraint } from "./constraint";

/** The mandatory VM-Host rules that are in force at that moment (O3). */
export const hostRules = hostConstraint({
  reads: { vm: ["hostRules"], host: ["allowedBy"] },
  refusals: ({ hostRules: rules }, { allowedBy }, { restart, hostRules: all }) =>
    rules
      .filter((rule) => (restart || all[rule]!.atPowerOn) && !allowedBy.includes(rule))
      .map((rule) => ({ reason: "host-rule", name: all[rule]!.name })),
});

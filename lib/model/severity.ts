/** From the gravest. */
export const SEVERITIES = ["error", "warning", "note"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** The lowest severity that keeps the gate shut; with `none` no finding does. */
export type FailOn = Severity | "none";

/** For sorting: the gravest first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** Whether a finding of this severity keeps the gate shut. */
export function shutsGate(severity: Severity, failOn: FailOn): boolean {
  return failOn !== "none" && compareSeverity(severity, failOn) <= 0;
}

import { counted, Finding, Report, SEVERITIES, Summary } from "../model";
import { Tone } from "./answers";

/** The answer to the whole question. */
export function answerInWords({ verdict }: Pick<Report, "verdict">): { readonly tone: Tone; readonly text: string } {
  switch (verdict) {
    case "fits":
      return { tone: "proved", text: "fits" };
    case "unknown":
      return { tone: "unknown", text: "unknown" };
    case "does-not-fit":
      return { tone: "refuted", text: "does not fit" };
  }
}

/** What was judged: `2 stacks, 11 VMs, 20 devices`. */
export function judgedInWords({ stacks, vms, devices }: Summary): string {
  return [counted(stacks, "stack"), counted(vms, "VM"), counted(devices, "device")].join(", ");
}

/** What comes of it: `4 errors, 1 warning; the gate does not pass`. */
export function gateInWords({ findings, gate }: Pick<Report, "findings" | "gate">): string {
  const severities = SEVERITIES.map((severity) => ({ severity, amount: countOf(findings, severity) }));
  const counts = severities.filter(({ amount }) => amount > 0).map(({ severity, amount }) => counted(amount, severity));
  const accepted = gate.accepted.length > 0 ? ` (accepted: ${gate.accepted.join(", ")})` : "";
  return `${counts.join(", ") || "nothing to mend"}; the gate ${gate.passes ? "passes" : "does not pass"}${accepted}`;
}

function countOf(findings: readonly Finding[], severity: Finding["severity"]): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

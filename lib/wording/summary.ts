import { counted, Finding, Report, SEVERITIES, Summary } from "../model";
import { Tone } from "./answers";

/** The first thing that is said. */
export interface Headline {
  /** Whether the gate passes. */
  readonly passes: boolean;
  readonly tone: Tone;
  readonly text: string;
}

const VERDICTS = { fits: "fits", "does-not-fit": "does not fit", unknown: "unknown" } as const;
const TONES = { fits: "proved", "does-not-fit": "refuted", unknown: "unknown" } as const;

/**
 * The answer to the whole question: `fits`. Where the verdict alone doesn't say whether the gate passes, that comes first:
 * `the gate does not pass: fits, 3 errors`.
 */
export function answerInWords({ verdict, gate, findings }: Pick<Report, "verdict" | "gate" | "findings">): Headline {
  const { passes, accepted } = gate;
  const words = VERDICTS[verdict];
  const isAsItSeems = verdict !== "unknown" && passes === (verdict === "fits") && !(passes && countOf(findings, "error") > 0);
  if (isAsItSeems) return { passes, tone: TONES[verdict], text: words };
  const [gravest] = verdict === "fits" ? severityCounts(findings) : passes && accepted.length > 0 ? ["accepted"] : [];
  return {
    passes,
    // Green is for what is proved and passes.
    tone: verdict === "fits" ? "refuted" : TONES[verdict],
    text: `the gate ${passInWords(gate)}: ${gravest === undefined ? words : `${words}, ${gravest}`}`,
  };
}

/** What was judged: `2 stacks, 11 VMs, 20 devices`. */
export function judgedInWords({ stacks, vms, devices }: Summary): string {
  return [counted(stacks, "stack"), counted(vms, "VM"), counted(devices, "device")].join(", ");
}

function passInWords({ passes }: Report["gate"]): string {
  return passes ? "passes" : "does not pass";
}

/** What comes of it: `4 errors, 1 warning; the gate does not pass`. */
export function gateInWords({ findings, gate }: Pick<Report, "findings" | "gate">): string {
  const accepted = gate.accepted.length > 0 ? ` (accepted: ${gate.accepted.join(", ")})` : "";
  return `${severityCounts(findings).join(", ") || "nothing to mend"}; the gate ${passInWords(gate)}${accepted}`;
}

/** `4 errors`, `1 warning`; the most severe first. */
function severityCounts(findings: readonly Finding[]): readonly string[] {
  const severities = SEVERITIES.map((severity) => ({ severity, amount: countOf(findings, severity) }));
  return severities.filter(({ amount }) => amount > 0).map(({ severity, amount }) => counted(amount, severity));
}

function countOf(findings: readonly Finding[], severity: Finding["severity"]): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

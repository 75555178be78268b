import { counted, Finding, Report, SEVERITIES } from "../model";
import { cleanData, withoutCommands } from "./clean";
import { clusterLines } from "./cluster";
import { findingLines } from "./findings";
import { wrap } from "./lines";
import { Look } from "./look";
import { namesIn } from "./names";

/** What people look at every day: the answer first, then each cluster, then what to mend, in 80 columns. */
export function table(foreign: Report, look: Look): string {
  const report = cleanData(foreign, ["message", "fix"]);
  const names = namesIn(report);
  const blocks = [
    [headline(report, look)],
    ...report.clusters.map((cluster) => clusterLines(cluster, names, look)),
    ...findingLines(report, names, look),
    wrap(lastLine(report), look.columns, "", ""),
  ];
  return withoutCommands(`${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`);
}

function headline({ verdict, summary }: Report, { colours }: Look): string {
  const { stacks, vms, devices, inventory } = summary;
  const judged = [counted(stacks, "stack"), counted(vms, "VM"), counted(devices, "device")].join(", ");
  return `${colours.bold(answer(verdict, colours))}   ${judged}   ${inventory.join(", ")}`;
}

/** Green is only what is proved, yellow what is not known. */
function answer(verdict: Report["verdict"], { green, yellow, red }: Look["colours"]): string {
  switch (verdict) {
    case "fits":
      return green("✓ fits");
    case "unknown":
      return yellow("? unknown");
    case "does-not-fit":
      return red("✗ does not fit");
  }
}

function lastLine({ findings, gate }: Report): string {
  const severities = SEVERITIES.map((severity) => ({ severity, amount: countOf(findings, severity) }));
  const counts = severities.filter(({ amount }) => amount > 0).map(({ severity, amount }) => counted(amount, severity));
  const accepted = gate.accepted.length > 0 ? ` (accepted: ${gate.accepted.join(", ")})` : "";
  return `${counts.join(", ") || "nothing to mend"}; the gate ${gate.passes ? "passes" : "does not pass"}${accepted}`;
}

function countOf(findings: readonly Finding[], severity: Finding["severity"]): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

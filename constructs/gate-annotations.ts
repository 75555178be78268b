import { AnnotationMetadataEntryType, StackManifest } from "cdktf";
import { FailOn, Finding, Report, ReportCluster, shutsGate } from "../lib/model";
import { plainLine } from "../lib/report";

export interface Annotation {
  readonly constructPath: string;
  readonly level: AnnotationMetadataEntryType;
  readonly message: string;
}

/**
 * Puts every finding where cdktf prints it: at its construct, else at the first stack with a VM in its cluster, else at the
 * first stack. Errors only where the gate is shut, because cdktf fails on each of them.
 */
export function annotate(stacks: readonly StackManifest[], report: Report, failOn: FailOn): void {
  for (const finding of report.findings.filter(({ suppressed }) => suppressed === undefined)) {
    const stack = stackOf(stacks, report, finding);
    stack?.annotations.push({
      constructPath: finding.constructPath?.replace(/\/Resource$/, "") ?? stack.constructPath,
      level: levelOf(finding, report, failOn),
      message: `passthru: ${oneLine(finding)}`,
    });
  }
}

/** `train-4 can be left off: needs 4 × A100-PCIE-40GB on one host (order-dependent); start it first (depends_on)` */
export function oneLine({ message, rule, fix }: Finding): string {
  return plainLine(`${message} (${rule})${fix === undefined ? "" : `; ${fix}`}`);
}

function levelOf({ severity }: Finding, { gate }: Report, failOn: FailOn): AnnotationMetadataEntryType {
  if (!gate.passes && shutsGate(severity, failOn)) return AnnotationMetadataEntryType.ERROR;
  return severity === "note" ? AnnotationMetadataEntryType.INFO : AnnotationMetadataEntryType.WARN;
}

function stackOf(stacks: readonly StackManifest[], report: Report, finding: Finding): StackManifest | undefined {
  const { constructPath, resource, cluster } = finding;
  const vms = report.clusters.filter(({ name }) => name === cluster).flatMap(vmsOf);
  return (
    stacks.find((stack) => constructPath !== undefined && `${constructPath}/`.startsWith(`${stack.constructPath}/`)) ??
    stacks.find((stack) => resource?.startsWith(`${stack.name}/`)) ??
    stacks.find((stack) => vms.some((vm) => vm.startsWith(`${stack.name}/`))) ??
    stacks[0]
  );
}

/** The addresses of the cluster's VMs that the batch starts: each is in a sequence, or off. */
function vmsOf({ powerOn, hosts }: ReportCluster): string[] {
  const steps = [...(powerOn.succeeding?.steps ?? []), ...(powerOn.failing?.steps ?? [])].map(({ vm }) => vm);
  const placed = hosts.flatMap(({ devices }) => devices.map(({ vm }) => vm ?? ""));
  return [...steps, ...placed, ...powerOn.canBeLeftOff, ...(powerOn.failing?.off ?? [])];
}

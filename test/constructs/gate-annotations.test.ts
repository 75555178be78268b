import { AnnotationMetadataEntryType, StackManifest } from "cdktf";
import { annotate } from "../../constructs/gate-annotations";
import { ClusterJudgement, FailOn, Finding, Report } from "../../lib/model";

const { ERROR, WARN, INFO } = AnnotationMetadataEntryType;

function stack(name: string, constructPath = name): StackManifest {
  return { name, constructPath, annotations: [], workingDirectory: "", synthesizedStackPath: "", stackMetadataPath: "", dependencies: [] };
}

function report(findings: readonly Finding[], { passes = false, startsIn = [] as readonly string[] } = {}): Report {
  const powerOn: ClusterJudgement["powerOn"] = {
    verdict: "guaranteed",
    canBeLeftOff: [],
    complete: true,
    succeeding: { steps: startsIn.map((vm) => ({ action: "power-on", vm, host: "esx-01.lab", devices: [] })) },
  };
  return {
    schemaVersion: "1",
    verdict: "fits",
    gate: { passes, accepted: [] },
    summary: { stacks: 2, vms: 2, devices: 2, inventory: ["inventory.hcl"] },
    clusters: [
      { name: "gpu-prod", powerOn, failover: { hostFailures: 1, verdict: "survives" }, capacity: [], drs: "off", ha: "off", hosts: [] },
    ],
    findings,
  };
}

function finding(extra: Partial<Finding> = {}): Finding {
  return { rule: "some-rule", severity: "error", message: "it is so", ...extra };
}

/** Where each stack's annotations are, with their levels. */
function annotated(stacks: readonly StackManifest[], from: Report, failOn: FailOn = "error") {
  annotate(stacks, from, failOn);
  return stacks.flatMap(({ name, annotations }) => annotations.map(({ constructPath, level }) => [name, constructPath, level]));
}

test.each<[string, Partial<Finding>, [string, string]]>([
  ["a construct is at the construct, without its main resource", { constructPath: "b/vm/Resource" }, ["b", "b/vm"]],
  ["a construct in a nested stack is in that stack", { constructPath: "a/inner/vm" }, ["inner", "a/inner/vm"]],
  ["a stack whose name another's begins with is in its own", { constructPath: "bb/vm" }, ["bb", "bb/vm"]],
  ["a resource without construct is at its stack", { resource: "b/vsphere_virtual_machine.x" }, ["b", "b"]],
  ["a cluster is at the first stack with a VM there", { cluster: "gpu-prod" }, ["b", "b"]],
  ["a cluster without VMs is at the first stack", { cluster: "other" }, ["inner", "a/inner"]],
  ["nothing in particular is at the first stack", {}, ["inner", "a/inner"]],
])("a finding about %s", (_, about, [name, path]) => {
  const stacks = [stack("inner", "a/inner"), stack("b"), stack("bb")];
  const startsIn = ["bb/vsphere_virtual_machine.y", "b/vsphere_virtual_machine.x"];
  expect(annotated(stacks, report([finding(about)], { startsIn }))).toEqual([[name, path, ERROR]]);
});

test.each<[FailOn, boolean, AnnotationMetadataEntryType[]]>([
  ["error", false, [ERROR, WARN, INFO]],
  ["warning", false, [ERROR, ERROR, INFO]],
  ["note", false, [ERROR, ERROR, ERROR]],
  ["error", true, [WARN, WARN, INFO]],
  ["none", true, [WARN, WARN, INFO]],
])("failing on %s, and a gate that passes: %s, an error, a warning and a note are %j", (failOn, passes, levels) => {
  const findings = (["error", "warning", "note"] as const).map((severity) => finding({ severity }));
  expect(annotated([stack("a")], report(findings, { passes }), failOn).map(([, , level]) => level)).toEqual(levels);
});

test("a suppressed finding is no annotation", () => {
  expect(annotated([stack("a")], report([finding({ suppressed: { reason: "known" } })]))).toEqual([]);
});

test("an app without stacks has no annotations", () => {
  expect(annotated([], report([finding()]))).toEqual([]);
});

test("the message is one line with the rule, and the fix where there is one", () => {
  const a = stack("a");
  annotate([a], report([finding({ message: "it is\nso", fix: "rename it" }), finding()]), "error");
  expect(a.annotations.map(({ message }) => message)).toEqual([
    "passthru: it is so (some-rule); rename it",
    "passthru: it is so (some-rule)",
  ]);
});

test("nothing in the message acts on a terminal or a build log", () => {
  const a = stack("a");
  annotate([a], report([finding({ message: "vm \u001b[31mred\u202e ##vso[task.complete]" })]), "error");
  expect(a.annotations[0]!.message).not.toMatch(/[\p{Cc}\p{Cf}]|##vso/u);
});

import { ClusterJudgement, DeviceRequest, listing, matchRequest, Step } from "../model";
import { refusalsInWords } from "../wording";
import { Facts } from "./facts/facts";
import { failedStep, LeftOff, leftOffHits, offDependencies, refusalsOf, requestsOf } from "./facts/left-off";
import { Rule } from "./rule";
import { requestsInWords } from "./words/devices-in-words";

export const orderDependent: Rule = {
  id: "order-dependent",
  severity: "error",
  explains: "order-dependent",
  title: "whether a VM starts depends on the order of the power-ons and on the hosts and devices that are picked",
  explanation:
    "Terraform starts VMs in no fixed order, vSphere publishes no ranking of hosts, and a VM with passthrough devices can't be moved " +
    "afterwards. Some legal outcome leaves this VM off, another starts every VM.",
  fix: "start it first (depends_on), or fence devices for it with a hardware label",
  check: (facts) =>
    facts.judgement.clusters
      .filter(({ powerOn }) => powerOn.verdict === "order-dependent")
      .flatMap((judged) => {
        const vms = judged.powerOn.canBeLeftOff;
        if (vms.length === 0) return [{ ...facts.placeOf(judged), message: `${judged.name}: some order of the power-ons leaves a VM off` }];
        return leftOffHits(facts, judged, vms, "can be left off", (vm) => inWords(facts, judged, vm));
      }),
};

function inWords(facts: Facts, judged: ClusterJudgement, vm: string): LeftOff {
  const requests = requestsOf(facts, judged, vm);
  const needs = requests.length === 0 ? "" : `needs ${requestsInWords(requests)}${requests.length > 1 ? " on one host" : ""}; `;
  const refusals = refusalsOf(facts, judged, vm);
  if (refusals.length > 0) {
    return { why: `${needs}in some order ${refusalsInWords(refusals)}`, ...fixFor(facts, judged, vm, requests) };
  }
  const waitsFor = offDependencies(facts, judged, vm);
  if (waitsFor.length > 0) {
    return { why: `it waits for ${listing(waitsFor.map(facts.nameOf))}, which can be left off`, fix: "mend what it waits for" };
  }
  return { why: `${needs}in some order other VMs take what it needs`, ...fixFor(facts, judged, vm, requests) };
}

function fixFor(facts: Facts, judged: ClusterJudgement, vm: string, requests: readonly DeviceRequest[]): { readonly fix?: string } {
  if (failedStep(judged, vm)?.host !== undefined) return { fix: "set host_system_id to a host with free matching devices, or turn DRS on" };
  const maker = makesRoomFor(judged, vm);
  if (maker !== undefined) return { fix: `let it wait for ${facts.nameOf(maker)} (depends_on), which makes a device available to it` };
  if (requests.some(({ kind }) => kind === "static")) {
    const others = "let the VMs that may take its device ask with a label that the device does not have";
    return { fix: `start it first (depends_on), or ${others}: a label on the device alone keeps out none that asks for no label` };
  }
  if (requests.some(isLabelled) && othersAskWithoutLabel(facts, judged)) {
    return { fix: "start it first (depends_on), or let the VMs that ask without a label ask with one of their own" };
  }
  return requests.length > 1 ? { fix: "start it before smaller VMs (depends_on), or fence whole hosts for it with a hardware label" } : {};
}

function isLabelled(request: DeviceRequest): boolean {
  return matchRequest(request, { dynamic: ({ label }) => label !== undefined, static: () => false });
}

function othersAskWithoutLabel(facts: Facts, { name }: ClusterJudgement): boolean {
  const askers = facts.clusters.find(({ cluster }) => cluster.name === name)?.askers ?? [];
  return askers.some(({ requests }) => requests.some(({ label }) => label === undefined));
}

/** The delete or device change before the VM's power-on in the succeeding sequence that gave it a device. */
function makesRoomFor({ powerOn }: ClusterJudgement, vm: string): string | undefined {
  const steps = powerOn.succeeding?.steps ?? [];
  const own = steps.findIndex((step) => step.vm === vm && step.action === "power-on");
  const before = steps.slice(0, Math.max(0, own));
  return before.find((step) => (step.action === "delete" || step.action === "set-device") && sharesDevice(step, steps[own]))?.vm;
}

function sharesDevice(a: Step, b: Step | undefined): boolean {
  return a.host !== undefined && a.host === b?.host && (a.devices ?? []).some((device) => b.devices?.includes(device));
}

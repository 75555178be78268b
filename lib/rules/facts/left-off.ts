import { ClusterJudgement, DeviceRequest, listing, Refusal, Step } from "../../model";
import { remedy } from "../../wording";
import { Hit } from "../rule";
import { Facts } from "./facts";

const SHOWN = 10;

/** One VM that can be left off, in words. */
export interface LeftOff {
  readonly why: string;
  readonly fix?: string;
}

/**
 * One hit for each VM, at the VM; beyond ten in a cluster, one more that names the rest. The witnessed ones come first,
 * because only they can say why.
 */
export function leftOffHits(
  facts: Facts,
  judged: ClusterJudgement,
  vms: readonly string[],
  verb: string,
  inWords: (vm: string) => LeftOff,
): readonly Hit[] {
  const refused = new Set(judged.powerOn.failing?.steps.filter((step) => step.refused !== undefined).map((step) => step.vm));
  const ordered = [...vms.filter((vm) => refused.has(vm)), ...vms.filter((vm) => !refused.has(vm))];
  const shown = ordered.slice(0, ordered.length > SHOWN + 1 ? SHOWN : SHOWN + 1);
  const hits = shown.map((vm): Hit => {
    const { why, fix } = inWords(vm);
    return { ...facts.placeOf(judged, vm), message: `${facts.nameOf(vm)} ${verb}: ${why}`, ...(fix === undefined ? {} : { fix }) };
  });
  const rest = ordered.slice(shown.length).sort();
  if (rest.length === 0) return hits;
  return [...hits, { ...facts.placeOf(judged), message: `${rest.length} more VMs ${verb}: ${listing(rest.map(facts.nameOf))}` }];
}

/** The VM's failed power-on in the failing sequence. */
export function failedStep({ powerOn }: ClusterJudgement, vm: string): Step | undefined {
  return powerOn.failing?.steps.find((step) => step.vm === vm && step.refused !== undefined);
}

/** What refused a VM in the failing sequence, with hosts as in prose; none where it was not tried there, or not in vain. */
export function refusalsOf(facts: Facts, judged: ClusterJudgement, vm: string): readonly Refusal[] {
  return withHostNames(facts, failedStep(judged, vm)?.refused ?? []);
}

/** What would help against them; a pool with its place in the inventory. */
export function remedyOf({ inventory }: Facts, { name }: ClusterJudgement, refusals: readonly Refusal[]): string | undefined {
  const pools = inventory.clusters.find((cluster) => cluster.name === name)?.resourcePools ?? [];
  return remedy(refusals, (pool) => pools.find((declared) => declared.name === pool)?.source);
}

/** Refusals with hosts as in prose. */
export function withHostNames({ hostName }: Facts, refusals: readonly Refusal[]): readonly Refusal[] {
  return refusals.map((refusal) => (refusal.host === undefined ? refusal : { ...refusal, host: hostName(refusal.host) }));
}

/** The VMs it waits for that are off in the failing sequence, so that it was not tried. */
export function offDependencies({ vmAt }: Facts, { powerOn }: ClusterJudgement, vm: string): readonly string[] {
  const off = new Set(powerOn.failing?.off);
  return (vmAt(vm)?.vm.dependsOn ?? []).filter((other) => off.has(other));
}

/** What a VM of the judgement asks for, as far as that is known. */
export function requestsOf(facts: Facts, { name }: ClusterJudgement, vm: string): readonly DeviceRequest[] {
  const placed = facts.vmAt(vm);
  if (placed) return placed.resolved.requests.known ? placed.resolved.requests.value : [];
  const cluster = facts.inventory.clusters.find((other) => other.name === name);
  const planned = cluster?.planned.find((shape) => vm === `planned.${shape.name}` || vm.startsWith(`planned.${shape.name}[`));
  return planned?.requests ?? cluster?.vms.find((running) => running.name === vm)?.requests ?? [];
}

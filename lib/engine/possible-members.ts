import { ClusterJudgement, PlanVm, Remark, groupBy, listing } from "../model";
import { PossibleMember } from "./question";
import { mergeFailover, mergePowerOn } from "./worlds";

/** A judgement of a cluster with some of the VMs that may be in it. */
export interface Judged {
  readonly judgement: ClusterJudgement;
  /** Whether those take nothing that could run out, so that they change nothing for others. */
  readonly areWeightless: () => boolean;
}

/** VMs of which every selection is judged, if they are not weightless. */
const MOST_SELECTED = 3;

/**
 * Judges a cluster with each selection of the VMs that may be in it or be elsewhere: what all of them agree on is known. The outcome
 * that is told is the one without them.
 */
export function judgeSelections(possible: readonly PossibleMember[], judge: (present: readonly PlanVm[]) => Judged): ClusterJudgement {
  const { judgement: without } = judge([]);
  if (possible.length === 0) return without;
  const vms = possible.map(({ vm }) => vm);
  const { judgement: withAll, areWeightless } = judge(vms);
  const isOpen = isSame(without, withAll) && !areWeightless() && !isImpossible(without, possible);
  const isTooMany = isOpen && vms.length > MOST_SELECTED;
  const between = isOpen && !isTooMany ? selectionsOf(vms).map((present) => judge(present).judgement) : [];
  return merged([without, ...between, withAll], possible, isTooMany);
}

/**
 * VMs that are weightless all together are so in each selection, where each can only fail by itself: none and all of them tell what is
 * between. And what is impossible stays so, whatever else is powered on.
 */
function isImpossible({ powerOn }: ClusterJudgement, possible: readonly PossibleMember[]): boolean {
  return powerOn.verdict === "impossible" && possible.every(({ mayRelease }) => !mayRelease);
}

function isSame(a: Verdicts, b: Verdicts): boolean {
  return a.powerOn.verdict === b.powerOn.verdict && a.failover.verdict === b.failover.verdict;
}

type Verdicts = Pick<ClusterJudgement, "powerOn" | "failover">;

/** Those that are neither none nor all. */
function selectionsOf(vms: readonly PlanVm[]): readonly (readonly PlanVm[])[] {
  return Array.from({ length: 2 ** vms.length }, (_, bits) => vms.filter((_vm, at) => (bits >> at) % 2 === 1)).slice(1, -1);
}

function merged(all: readonly ClusterJudgement[], possible: readonly PossibleMember[], isTooMany: boolean): ClusterJudgement {
  const { maintenance, ...without } = all[0]!;
  const why = whyOpen(possible);
  const verdicts = isTooMany ? bothUnknown(without, why) : { powerOn: mergePowerOn(all, why), failover: mergeFailover(all, why) };
  const matters = isTooMany || !all.every((each) => isSame(each, without));
  const sameMaintenance = all.every((each) => JSON.stringify(each.maintenance) === JSON.stringify(maintenance));
  const remarks = new Map(all.flatMap((each) => each.remarks.map((remark) => [JSON.stringify(remark), remark] as const)));
  return {
    ...without,
    ...(verdicts.failover.worst ? {} : withoutWorst(without)),
    ...(maintenance && sameMaintenance && !isTooMany && { maintenance }),
    ...verdicts,
    remarks: [...remarks.values(), ...possible.map(({ vm }): Remark => ({ kind: "may-be-elsewhere", vm: vm.address, matters }))],
  };
}

/** What is free after the worst failure is told of one that is named. */
function withoutWorst({ capacity, hosts }: Pick<ClusterJudgement, "capacity" | "hosts">): Pick<ClusterJudgement, "capacity" | "hosts"> {
  return {
    capacity: capacity.map(({ freeAfterWorstFailure: _after, stranded: _stranded, ...row }) => row),
    hosts: hosts.map((host) => ({ ...host, devices: host.devices.map(({ stranded: _, ...device }) => device) })),
  };
}

function bothUnknown({ failover }: Verdicts, why: string): Verdicts {
  const isOff = failover.verdict === "not-judged";
  return {
    powerOn: { verdict: "unknown", canBeLeftOff: [], complete: false, why: [why] },
    failover: isOff ? failover : { hostFailures: failover.hostFailures, verdict: "unknown", why: [why] },
  };
}

/** Each reason once, with the VMs that it is about. */
function whyOpen(possible: readonly PossibleMember[]): string {
  const reasons = [...groupBy(possible, ({ why }) => why)];
  return reasons.map(([why, vms]) => `${listing(vms.map(({ vm }) => vm.label))}: it is not known in which cluster: ${why}`).join("; ");
}

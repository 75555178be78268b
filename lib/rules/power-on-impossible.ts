import { ClusterJudgement, listing } from "../model";
import { refusalsInWords } from "../wording";
import { Facts } from "./facts/facts";
import { LeftOff, leftOffHits, offDependencies, refusalsOf, remedyOf, requestsOf } from "./facts/left-off";
import { shortageOf } from "./facts/shortage";
import { Hit, Rule } from "./rule";
import { requestsInWords } from "./words/devices-in-words";

export const powerOnImpossible: Rule = {
  id: "power-on-impossible",
  severity: "error",
  explains: "impossible",
  title: "in no order of the power-ons does every VM start",
  explanation: "Whatever the order and whichever hosts and devices are picked, some VM finds no host that can take it.",
  fix: "add or free what is missing, or ask for less",
  check: (facts) =>
    facts.judgement.clusters.filter(({ powerOn }) => powerOn.verdict === "impossible").flatMap((judged) => hitsOf(facts, judged)),
};

function hitsOf(facts: Facts, judged: ClusterJudgement): readonly Hit[] {
  const { failing, canBeLeftOff } = judged.powerOn;
  const off = failing?.off ?? canBeLeftOff;
  const shortage = shortageOf(facts, judged);
  const stays = canBeLeftOff.length > off.length ? "stays off in one order" : "stays off";
  const vms = leftOffHits(facts, judged, off, stays, (vm) => inWords(facts, judged, vm, shortage !== undefined));
  if (shortage === undefined && vms.length > 0 && canBeLeftOff.length <= off.length) return vms;
  const any = canBeLeftOff.length > 1 ? `, any of ${canBeLeftOff.length} can be off` : "";
  const missing = shortage === undefined ? "" : `${shortage.words}: `;
  const message = `${judged.name}: ${missing}not every VM can start${any}`;
  return [{ ...facts.placeOf(judged), message, ...(shortage && { fix: shortage.fix }) }, ...vms];
}

function inWords(facts: Facts, judged: ClusterJudgement, vm: string, devicesAreShort: boolean): LeftOff {
  const requests = requestsOf(facts, judged, vm);
  const needs = requests.length === 0 ? "" : `needs ${requestsInWords(requests)}${requests.length > 1 ? " on one host" : ""}; `;
  const refusals = refusalsOf(facts, judged, vm);
  if (refusals.length > 0) {
    const fix = remedyOf(facts, judged, refusals);
    return { why: `${needs}${refusalsInWords(refusals)}`, ...(fix === undefined ? {} : { fix }) };
  }
  const waitsFor = offDependencies(facts, judged, vm);
  if (waitsFor.length > 0) {
    return { why: `it waits for ${listing(waitsFor.map(facts.nameOf))}, which is off`, fix: "mend what it waits for" };
  }
  return { why: needs + (devicesAreShort ? "there are too few devices for all" : "there is no room for all") };
}

import { distinct, DynamicRequest, listing, matchesIdAndLabel, quoted } from "../model";
import { deviceKinds } from "./facts/device-kinds";
import { Asker, ClusterFacts, Facts } from "./facts/facts";
import { placeOfAll } from "./facts/fold";
import { Hit, Rule } from "./rule";

export const unlabelledCanTakeLabelled: Rule = {
  id: "unlabelled-can-take-labelled",
  severity: "warning",
  title: "VMs that ask without a label can take the labelled devices that others need",
  explanation:
    "A hardware label fences requests in, not out: a request without a label may be given a labelled device. A note where power-on is " +
    "guaranteed nevertheless.",
  fix: "label the other devices too, and let every VM ask for a label",
  check: (facts) => facts.clusters.flatMap((inCluster) => hitsOf(facts, inCluster)),
};

function hitsOf({ judgement }: Facts, { cluster, askers }: ClusterFacts): readonly Hit[] {
  const guaranteed = judgement.clusters.some(({ name, powerOn }) => name === cluster.name && powerOn.verdict === "guaranteed");
  const devices = deviceKinds(cluster);
  const labels = distinct(devices.flatMap(({ label }) => label ?? []));
  return labels.flatMap((label) => {
    const needing = askersFor(askers, (request) => request.label === label);
    const needs = needing.flatMap(({ requests }) => requests.filter((request) => request.label === label));
    const wanted = devices.filter((device) => needs.some((request) => matchesIdAndLabel(request, device)));
    const takes = (request: DynamicRequest) => request.label === undefined && wanted.some((device) => matchesIdAndLabel(request, device));
    const taking = askersFor(askers, takes);
    if (taking.length === 0) return [];
    const takers = `${inWords(taking)} ${taking.length === 1 ? "asks" : "ask"} without a label`;
    const needers = `${inWords(needing)} ${needing.length === 1 ? "needs" : "need"}`;
    const message = `${takers} and may be given devices labelled ${quoted(label)}, which ${needers}`;
    return [{ ...placeOfAll(taking.map(({ place }) => place)), message, ...(guaranteed && { severity: "note" as const }) }];
  });
}

function inWords(askers: readonly Asker[]): string {
  return listing(askers.map(({ name }) => name));
}

/** Those that are still to start and have such a request. */
function askersFor(askers: readonly Asker[], has: (request: DynamicRequest) => boolean): readonly Asker[] {
  return askers.filter(({ isRunning, requests }) => !isRunning && requests.some(has));
}

import { AdmissionControl, counted, Failover, FailoverVerdict, Maintenance, PowerOn, PowerOnVerdict, ReportCluster } from "../model";
import { admissionInWords } from "./admission";
import { Answer, Tone } from "./answers";
import { few, Names } from "./names";
import { isAboutDevicesAlone } from "./refusals";
import { toleratedInWords, whoStaysOff, worstFailureInWords } from "./worst-failure";

/** The verdicts of a cluster: of power-on and failover, of vCenter where it has one, and of maintenance where a host can't be emptied. */
export function verdictsInWords({ powerOn, failover, admissionControl, maintenance }: ReportCluster, names: Names): readonly Answer[] {
  return [
    powerOnAnswer(powerOn, names),
    { title: "failover", verdict: failover.verdict, tone: TONES[failover.verdict], text: failoverInWords(failover, names) },
    ...(admissionControl === undefined ? [] : [vCenterAnswer(admissionControl, failover)]),
    ...(maintenance === undefined ? [] : maintenanceAnswer(maintenance, names)),
  ];
}

const TONES: Readonly<Record<PowerOnVerdict | FailoverVerdict, Tone>> = {
  guaranteed: "proved",
  survives: "proved",
  unknown: "unknown",
  "not-judged": "unknown",
  "order-dependent": "refuted",
  impossible: "refuted",
  "placement-dependent": "refuted",
  fails: "refuted",
};

/** Where nothing starts, nothing is guaranteed: the VMs of the stacks run already, or are in another cluster. */
function powerOnAnswer(powerOn: PowerOn, names: Names): Answer {
  const { verdict, succeeding } = powerOn;
  const startsNothing = verdict === "guaranteed" && succeeding?.steps.every(({ action }) => action !== "power-on") === true;
  if (startsNothing) return { title: "power-on", verdict: "none", text: "no VM starts in this cluster" };
  return { title: "power-on", verdict, tone: TONES[verdict], text: powerOnInWords(powerOn, names) };
}

function powerOnInWords({ verdict, canBeLeftOff, complete, why }: PowerOn, names: Names): string {
  const off = few(canBeLeftOff.map(names.vm));
  const more = complete ? "" : ", perhaps more";
  switch (verdict) {
    case "guaranteed":
      return "every VM starts, in every order";
    case "order-dependent":
      return `${off || "some VM"} can be left off${more}`;
    case "impossible":
      return `no order starts every VM; ${off || "some VM"} can be left off${more}`;
    case "unknown":
      return [...(why ?? []), ...(off === "" ? [] : [`${off} can be left off${more}`])].join("; ");
  }
}

function failoverInWords(failover: Failover, names: Names): string {
  const { verdict, hostFailures, worst, failing, dependsOn = ["placement"], why = [] } = failover;
  const tolerated = toleratedInWords(failover);
  switch (verdict) {
    case "survives":
      return hostFailures === 0 ? "no host failure is to be tolerated" : `any ${counted(hostFailures, "host")}${tolerated}`;
    case "placement-dependent": {
      const decide = `${few(dependsOn)} ${dependsOn.length > 1 ? "decide" : "decides"}`;
      return `${whoStaysOff(failover, names, "can stay", few)}; ${decide}${tolerated}`;
    }
    case "fails":
      return worstFailureInWords(failover, names, "stay", few);
    case "not-judged":
    case "unknown": {
      const known = worst ?? failing;
      const proved = known === undefined || known.off.length === 0 ? [] : [whoStaysOff(failover, names, "can stay", few)];
      return [...why, ...proved].join("; ") + tolerated;
    }
  }
}

function vCenterAnswer(admission: AdmissionControl, failover: Failover): Answer {
  const isBlind = admission.admits && ["fails", "placement-dependent"].includes(failover.verdict);
  const blind = isBlind ? (lacksDevices(failover) ? "it does not count devices; " : "it adds up CPU and memory alone; ") : "";
  const [verdict, tone] = admission.admits ? (["admits", "proved"] as const) : (["refuses", "refuted"] as const);
  return { title: "vCenter", verdict, tone, text: blind + admissionInWords(admission) };
}

/** As far as is known, devices are what VMs lack after the worst failure. */
function lacksDevices({ worst }: Failover): boolean {
  return (worst?.refused ?? []).every(({ by }) => isAboutDevicesAlone(by));
}

/** Only where something is in the way: that every host can be emptied needs no words. */
function maintenanceAnswer({ blocked }: Maintenance, names: Names): readonly Answer[] {
  const [first] = blocked;
  if (first === undefined) return [];
  const alike = blocked.filter(({ down }) => down.length === first.down.length).length;
  const others =
    blocked.length > 1 ? `; ${alike === blocked.length ? "the same count" : "other counts"} for ${blocked.length - 1} more` : "";
  const text = `${names.host(first.host)} away: ${few(first.down.map(names.vm))} ${first.down.length === 1 ? "has" : "have"} to stay down${others}`;
  return [{ title: "maintenance", verdict: "downtime", tone: "refuted", text }];
}

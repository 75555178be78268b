import { AdmissionControl, admissionInWords, counted, Failover, PowerOn, ReportCluster } from "../model";
import { headLines } from "./head";
import { Look } from "./look";
import { few, Names } from "./names";
import { pictureLines } from "./picture";
import { Colour, Row, rowLines } from "./rows";

/** One cluster: what it is, what was found for it, and the picture of its hosts. */
export function clusterLines(cluster: ReportCluster, names: Names, look: Look): readonly string[] {
  const { colours, columns } = look;
  const isDrawn = cluster.powerOn.succeeding !== undefined;
  const rows = [...verdictRows(cluster, names, colours), ...capacityRows(cluster, names)];
  return [
    ...headLines(cluster, names, look),
    ...rowLines(rows, columns),
    "",
    ...(isDrawn || cluster.hosts.every(({ devices }) => devices.length === 0) ? [] : ["  as it is now, without the batch:"]),
    ...pictureLines(cluster, names, look),
  ];
}

function verdictRows(cluster: ReportCluster, names: Names, { green, yellow, red }: Look["colours"]): readonly Row[] {
  const colourOf = (verdict: string): Colour =>
    ["guaranteed", "survives"].includes(verdict) ? green : ["unknown", "not-judged"].includes(verdict) ? yellow : red;
  const { powerOn, failover, admissionControl } = cluster;
  return [
    { title: "power-on", verdict: powerOn.verdict, colour: colourOf(powerOn.verdict), text: powerOnInWords(powerOn, names) },
    { title: "failover", verdict: failover.verdict, colour: colourOf(failover.verdict), text: failoverInWords(failover, names) },
    ...(admissionControl === undefined
      ? []
      : [
          {
            title: "vCenter",
            verdict: admissionControl.admits ? "admits" : "refuses",
            colour: admissionControl.admits ? green : red,
            text: vCenterInWords(admissionControl, failover),
          },
        ]),
    ...maintenanceRow(cluster, names, red),
  ];
}

/** Only where something is in the way: that every host can be emptied needs no line. */
function maintenanceRow({ maintenance }: ReportCluster, names: Names, colour: Colour): readonly Row[] {
  const blocked = maintenance?.blocked ?? [];
  const [first] = blocked;
  if (first === undefined) return [];
  const alike = blocked.filter(({ down }) => down.length === first.down.length).length;
  const others =
    blocked.length > 1 ? `; ${alike === blocked.length ? "the same count" : "other counts"} for ${blocked.length - 1} more` : "";
  const text = `${names.host(first.host)} away: ${few(first.down.map(names.vm))} ${first.down.length === 1 ? "has" : "have"} to stay down${others}`;
  return [{ title: "maintenance", verdict: "downtime", colour, text }];
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

function failoverInWords({ verdict, hostFailures, worst, dependsOn, tolerates, why }: Failover, names: Names): string {
  const reach = tolerates === undefined ? "" : ` (tolerates ${tolerates})`;
  const because = (why ?? []).join("; ");
  const down = worst === undefined ? "" : `${few(worst.hosts.map(names.host))} down: `;
  const off = worst === undefined ? "some VM" : few(worst.off.map(names.vm));
  switch (verdict) {
    case "survives":
      return hostFailures === 0 ? "no host failure is to be tolerated" : `any ${counted(hostFailures, "host")}${reach}`;
    case "placement-dependent":
      return `${down}${off} can stay off; ${few(dependsOn ?? ["placement"])} decides${reach}`;
    case "fails":
      return `${down}${off} ${worst?.off.length === 1 ? "stays" : "stay"} off${reach}`;
    case "not-judged":
    case "unknown":
      return `${because}${worst === undefined || worst.off.length === 0 ? "" : `; ${down}${off} can stay off`}${reach}`;
  }
}

function vCenterInWords(admission: AdmissionControl, failover: Failover): string {
  const blind = admission.admits && ["fails", "placement-dependent"].includes(failover.verdict) ? "it does not count devices; " : "";
  return blind + admissionInWords(admission);
}

const SHOWN_CLASSES = 8;

function capacityRows({ capacity, failover }: ReportCluster, names: Names): readonly Row[] {
  const loses = failover.worst !== undefined && failover.worst.off.length > 0;
  const hidden = capacity.length - SHOWN_CLASSES;
  const rows = capacity.slice(0, SHOWN_CLASSES).map(({ id, label, total, free, freeAfterWorstFailure, stranded }) => {
    const kind = label === undefined ? names.device(id) : `${names.device(id)} ${label}`;
    const after = freeAfterWorstFailure === undefined ? "" : `, ${freeAfterWorstFailure} after the worst failure`;
    const useless = !loses || stranded === undefined || stranded === 0 ? "" : `, ${stranded} of no use then`;
    return { title: "free", verdict: `${free} of ${total}`, text: `${kind}${after}${useless}` };
  });
  return hidden > 0 ? [...rows, { title: "", verdict: "", text: `and ${hidden} more kinds of device` }] : rows;
}

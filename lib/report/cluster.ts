import { ReportCluster } from "../model";
import { capacityInWords, Names, verdictsInWords } from "../wording";
import { answerLines } from "./answers";
import { headLines } from "./head";
import { Look } from "./look";
import { pictureLines } from "./picture";

/** One cluster: what it is, what was found for it, and the picture of its hosts. */
export function clusterLines(cluster: ReportCluster, names: Names, look: Look): readonly string[] {
  const isDrawn = cluster.powerOn.succeeding !== undefined;
  return [
    ...headLines(cluster, names, look),
    ...answerLines([...verdictsInWords(cluster, names), ...capacityInWords(cluster, names)], look),
    "",
    ...(isDrawn || cluster.hosts.every(({ devices }) => devices.length === 0) ? [] : ["  as it is now, without the batch:"]),
    ...pictureLines(cluster, names, look),
  ];
}

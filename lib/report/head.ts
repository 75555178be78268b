import { ReportCluster } from "../model";
import { clusterInWords, Names } from "../wording";
import { wrap } from "./lines";
import { Look } from "./look";

/** A cluster's name and what it is: `gpu-prod   5 hosts, 20 × A100-PCIE-40GB, DRS fully automated, HA tolerates 1`. */
export function headLines(cluster: Pick<ReportCluster, "name" | "drs" | "ha" | "hosts">, names: Names, look: Look): readonly string[] {
  const { name } = cluster;
  const lines = wrap(clusterInWords(cluster, names), look.columns, `${name}   `, "  ");
  // Bold does not count as width, so the name takes its place only after the lines are made.
  return lines.map((line, i) => (i === 0 ? line.replace(name, look.colours.bold) : line));
}

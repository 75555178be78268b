import { counted, ReportCluster } from "../model";
import { wrap } from "./lines";
import { Look } from "./look";
import { Names } from "./names";

/** What a cluster is: `gpu-prod   5 hosts, 20 × A100-PCIE-40GB, DRS fully automated, HA tolerates 1`. */
export function headLines(cluster: Pick<ReportCluster, "name" | "drs" | "ha" | "hosts">, names: Names, look: Look): readonly string[] {
  const { name, drs, ha, hosts } = cluster;
  const kinds = new Map<string, number>();
  for (const { devices } of hosts) for (const { id } of devices) kinds.set(names.device(id), (kinds.get(names.device(id)) ?? 0) + 1);
  const counts = [...kinds].map(([kind, amount]) => `${amount} × ${kind}`);
  const facts = [counted(hosts.length, "host"), ...counts, `DRS ${drs}`, `HA ${ha}`].join(", ");
  // Bold does not count as width, so the name takes its place only after the lines are made.
  return wrap(facts, look.columns, `${name}   `, "  ").map((line, i) => (i === 0 ? line.replace(name, look.colours.bold) : line));
}

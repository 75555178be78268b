import { counted, ReportCluster } from "../model";
import { Names } from "./names";

/** What a cluster is: `5 hosts, 20 × A100-PCIE-40GB, DRS fully automated, HA tolerates 1`. */
export function clusterInWords({ drs, ha, hosts }: Pick<ReportCluster, "drs" | "ha" | "hosts">, names: Names): string {
  const kinds = new Map<string, number>();
  for (const { devices } of hosts) for (const { id } of devices) kinds.set(names.device(id), (kinds.get(names.device(id)) ?? 0) + 1);
  const counts = [...kinds].map(([kind, amount]) => `${amount} × ${kind}`);
  return [counted(hosts.length, "host"), ...counts, `DRS ${drs}`, `HA ${ha}`].join(", ");
}

import { ClusterPicture, InventoryPicture, ReportDevice, ReportHost } from "../../lib/model";
import { inventoryText, PLAIN } from "../../lib/report";
import { width } from "../../lib/report/lines";

const device = (bus: number, rest: Partial<ReportDevice> = {}): ReportDevice => {
  return { address: `0000:${bus.toString(16).padStart(2, "0")}:00.0`, id: "10de:20f1", passthrough: "active", ...rest };
};
const host = (name: string, devices: readonly ReportDevice[] = [], rest: Partial<ReportHost> = {}): ReportHost => {
  return { name: `${name}.lab`, state: "connected", failover: false, devices, ...rest };
};
const cluster = (hosts: readonly ReportHost[], rest: Partial<ClusterPicture> = {}): ClusterPicture => {
  return { name: "gpu-prod", drs: "fully automated", ha: "tolerates 1", hosts, otherVms: [], templates: [], planned: [], ...rest };
};
const shown = (...clusters: readonly ClusterPicture[]): string => inventoryText({ files: ["inventory.hcl"], clusters }, PLAIN);

test("a small cluster, with everything that can be in it", () => {
  const training = { label: "Training" };
  const hosts = [
    host("esx-01", [device(1, { ...training, vm: "train-1", running: true }), device(2, { ...training, vm: "train-1", running: true })]),
    host("esx-02", [device(1, training), device(2, { ...training, passthrough: "disabled" })]),
    host("esx-03", [device(1, { id: "10de:20f1:10de:145f" }), device(2, { id: "15b3:101d" })], { state: "maintenance" }),
    host("esx-04"),
  ];
  const planned = [{ name: "next", count: 2, devices: 1 }];
  const templates = [{ name: "ubuntu", devices: 2 }];
  expect(shown(cluster(hosts, { otherVms: ["web", "db"], planned, templates }))).toBe(
    `inventory.hcl

gpu-prod   4 hosts, 5 × A100-PCIE-40GB, 1 × 15b3:101d, DRS fully automated, HA
  tolerates 1
  free   1 of 3   A100-PCIE-40GB  10de:20f1  Training  1 × no capacity
  free   0 of 0   A100-PCIE-40GB  10de:20f1  no label  1 × no capacity
  free   0 of 0   15b3:101d                  no label  1 × no capacity

  esx-01  ■■  A100-PCIE-40GB Training  train-1 ×2
  esx-02  □×  A100-PCIE-40GB Training  1 × passthrough disabled
  esx-03  ×   A100-PCIE-40GB           maintenance
          ×   15b3:101d
  without devices: esx-04
  ■ in use   □ free   × no capacity
  run without devices: web and db
  planned: next ×2 (1 device each)
  templates: ubuntu (2 devices)
`,
  );
});

test("a large cluster shows every holder, and folds the hosts that nobody uses", () => {
  const hosts = Array.from({ length: 96 }, (_, i) => {
    const used = i < 3 ? { vm: `job-${i}`, running: true } : {};
    return host(`esx-${String(i + 1).padStart(2, "0")}`, [device(1, used), device(2)]);
  });
  const lines = shown(cluster(hosts)).split("\n");
  expect(lines.slice(2)).toEqual([
    "gpu-prod   96 hosts, 192 × A100-PCIE-40GB, DRS fully automated, HA tolerates 1",
    "  free   189 of 192   A100-PCIE-40GB  10de:20f1  no label",
    "",
    "  esx-01    ■□  job-0",
    "  esx-02    ■□  job-1",
    "  esx-03    ■□  job-2",
    "  93 hosts  □□  esx-04, esx-05, esx-06, esx-07, esx-08, esx-09, esx-10, 86 more",
    "  ■ in use   □ free",
    "",
  ]);
  expect(lines.filter((line) => width(line) > 80)).toEqual([]);
});

test("a large cluster in which every host is used is shown in full", () => {
  const hosts = Array.from({ length: 96 }, (_, i) => host(`esx-${i}`, [device(1, { vm: `job-${i}`, running: true })]));
  expect(shown(cluster(hosts)).match(/job-\d+/g)).toHaveLength(96);
});

test("a cluster without devices, and an inventory without clusters", () => {
  const [one, none]: readonly InventoryPicture["clusters"][] = [[cluster([host("esx-01")])], []];
  expect(shown(...one!)).toContain("  without devices: esx-01\n");
  expect(shown(...none!)).toBe("inventory.hcl\n");
});

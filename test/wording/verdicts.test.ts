import { Failover, Maintenance, PowerOn, ReportCluster } from "../../lib/model";
import { namesIn, verdictsInWords } from "../../lib/wording";

const HOST = { state: "connected", failover: false, devices: [] } as const;
const hosts = ["esx-01.lab", "esx-02.lab"].map((name) => ({ ...HOST, name }));
const vms = ["a", "b", "c", "d", "e", "f"].map((name) => ({ address: `stack/vm.${name}`, name }));
const at = (...names: readonly string[]) => names.map((name) => `stack/vm.${name}`);

const CLUSTER: ReportCluster = {
  ...{ name: "gpu-prod", drs: "fully automated", ha: "tolerates 1", hosts, capacity: [] },
  powerOn: { verdict: "guaranteed", canBeLeftOff: [], complete: true },
  failover: { verdict: "survives", hostFailures: 1 },
};

/** What is said of one of the verdicts. */
function said(title: string, cluster: Partial<ReportCluster>): readonly string[] {
  const answers = verdictsInWords({ ...CLUSTER, ...cluster }, namesIn({ vms, clusters: [CLUSTER] }));
  return answers.filter((answer) => answer.title === title).map(({ verdict, tone, text }) => `${tone} ${verdict}: ${text}`);
}

test.each<[Partial<PowerOn>, string]>([
  [{}, "proved guaranteed: every VM starts, in every order"],
  [{ verdict: "order-dependent", canBeLeftOff: at("a", "b") }, "refuted order-dependent: a and b can be left off"],
  [{ verdict: "order-dependent", complete: false, canBeLeftOff: at("a") }, "refuted order-dependent: a can be left off, perhaps more"],
  [{ verdict: "order-dependent", complete: false }, "refuted order-dependent: some VM can be left off, perhaps more"],
  [
    { verdict: "impossible", canBeLeftOff: at("a", "b", "c", "d", "e", "f") },
    "refuted impossible: no order starts every VM; a, b, c and 3 more can be left off",
  ],
  [{ verdict: "unknown", why: ["this", "that"] }, "unknown unknown: this; that"],
  [{ verdict: "unknown", why: ["this"], canBeLeftOff: at("a"), complete: false }, "unknown unknown: this; a can be left off, perhaps more"],
])("power-on: %j", (powerOn, words) => {
  expect(said("power-on", { powerOn: { ...CLUSTER.powerOn, ...powerOn } })).toEqual([words]);
});

const worst = { hosts: ["esx-02.lab"], off: at("a", "b") };

test.each<[Partial<Failover>, string]>([
  [{ tolerates: 1 }, "proved survives: any 1 host (tolerates 1)"],
  [{ hostFailures: 0 }, "proved survives: no host failure is to be tolerated"],
  [{ verdict: "fails", worst, tolerates: 0 }, "refuted fails: esx-02 down: a and b stay off (tolerates 0)"],
  [{ verdict: "fails", worst: { ...worst, off: at("a") } }, "refuted fails: esx-02 down: a stays off"],
  [{ verdict: "fails", tolerates: 0 }, "refuted fails: with 1 host down a protected VM stays off (tolerates 0)"],
  [{ verdict: "fails", hostFailures: 2 }, "refuted fails: with 2 hosts down a protected VM stays off"],
  [
    { verdict: "placement-dependent", worst, dependsOn: ["order"], tolerates: 0 },
    "refuted placement-dependent: esx-02 down: a and b can stay off; order decides (tolerates 0)",
  ],
  [
    { verdict: "placement-dependent", worst, dependsOn: ["placement", "order"] },
    "refuted placement-dependent: esx-02 down: a and b can stay off; placement and order decide",
  ],
  [{ verdict: "placement-dependent" }, "refuted placement-dependent: with 1 host down a protected VM can stay off; placement decides"],
  [{ verdict: "unknown", why: ["this", "that"], tolerates: 1 }, "unknown unknown: this; that (tolerates 1)"],
  [
    { verdict: "fails", failing: { ...worst, restarts: [] }, tolerates: 0 },
    "refuted fails: for example esx-02 down: a and b can stay off (tolerates 0)",
  ],
  [{ verdict: "unknown", why: ["this"], worst }, "unknown unknown: this; esx-02 down: a and b can stay off"],
  [{ verdict: "unknown", why: ["this"], worst: { ...worst, off: [] } }, "unknown unknown: this"],
  [{ verdict: "not-judged", why: ["HA is off"] }, "unknown not-judged: HA is off"],
])("failover: %j", (failover, words) => {
  expect(said("failover", { failover: { ...CLUSTER.failover, ...failover } })).toEqual([words]);
});

const admitted = { policy: "resourcePercentage", admits: true, cpuPercent: 99, memoryPercent: 74, required: 20 } as const;
const failing: Failover = { verdict: "fails", hostFailures: 1, worst };

test.each<[string, Partial<ReportCluster>, readonly string[]]>([
  ["nothing where HA is off", {}, []],
  ["admits", { admissionControl: admitted }, ["proved admits: CPU 99 %, memory 74 % left, 20 % required"]],
  [
    "admits what fails",
    { admissionControl: admitted, failover: failing },
    ["proved admits: it does not count devices; CPU 99 %, memory 74 % left, 20 % required"],
  ],
  [
    "refuses what fails",
    { admissionControl: { ...admitted, admits: false }, failover: failing },
    ["refuted refuses: CPU 99 %, memory 74 % left, 20 % required"],
  ],
])("vCenter: %s", (_, cluster, words) => {
  expect(said("vCenter", cluster)).toEqual(words);
});

const one = { host: "esx-01.lab", down: at("a") };
const two = { host: "esx-02.lab", down: at("b", "c") };

test.each<[Maintenance["blocked"], readonly string[]]>([
  [[], []],
  [[one], ["refuted downtime: esx-01 away: a has to stay down"]],
  [[two], ["refuted downtime: esx-02 away: b and c have to stay down"]],
  [[one, { ...one, host: "esx-02.lab" }], ["refuted downtime: esx-01 away: a has to stay down; the same count for 1 more"]],
  [[one, two], ["refuted downtime: esx-01 away: a has to stay down; other counts for 1 more"]],
])("maintenance: %j", (blocked, words) => {
  expect(said("maintenance", { maintenance: { blocked } })).toEqual(words);
});

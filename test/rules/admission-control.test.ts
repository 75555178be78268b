import { AdmissionControl, CapacityRow, ClusterJudgement, Failover } from "../../lib/model";
import { admissionControlGap } from "../../lib/rules/admission-control-gap";
import { admissionControlRefuses } from "../../lib/rules/admission-control-refuses";
import { clusterJudgement, judgement, planOf, planVm, source } from "./builders";
import { run, said } from "./run-rule";

const a = "vsphere_virtual_machine.a";
const percentage: AdmissionControl = { policy: "resourcePercentage", admits: true, cpuPercent: 99, memoryPercent: 74, required: 33 };
const fails: Failover = { hostFailures: 1, verdict: "fails", worst: { hosts: ["h1"], off: [a] }, tolerates: 0 };
const judged = (rest: Partial<ClusterJudgement>) => ({ plan: planOf(planVm("a")), judgement: judgement(clusterJudgement(rest)) });

describe("admission-control-gap", () => {
  const seen = "CPU 99 %, memory 74 % left, 33 % required";
  test.each<[string, Partial<ClusterJudgement>, readonly string[]]>([
    [
      "is between green and a VM that stays off",
      { failover: fails, admissionControl: percentage },
      [`warning: gpu-prod: vCenter admits it (${seen}); h1 down: a stays off (tolerates 0)`],
    ],
    [
      "is there too where placement decides",
      { failover: { ...fails, verdict: "placement-dependent" }, admissionControl: percentage },
      [`warning: gpu-prod: vCenter admits it (${seen}); h1 down: a can stay off (tolerates 0)`],
    ],
    [
      "names the cluster once where the worst failure is not known",
      { failover: { hostFailures: 1, verdict: "fails" }, admissionControl: { policy: "disabled", admits: true } },
      ["warning: gpu-prod: vCenter admits it (admission control is disabled); with 1 host down a protected VM stays off"],
    ],
    ["is none where vCenter refuses", { failover: fails, admissionControl: { ...percentage, admits: false } }, []],
    ["is none where every VM comes back", { admissionControl: percentage }, []],
    ["is not known where failover is not", { failover: { hostFailures: 1, verdict: "unknown" }, admissionControl: percentage }, []],
    ["is none with HA off", { failover: { hostFailures: 0, verdict: "not-judged" } }, []],
  ])("%s", (_, rest, expected) => {
    expect(said(admissionControlGap, judged(rest))).toEqual(expected);
  });

  test("points at the cluster", () => {
    const found = run(admissionControlGap, judged({ failover: fails, admissionControl: percentage }));
    expect(found).toMatchObject([{ cluster: "gpu-prod", source }]);
  });
});

describe("admission-control-refuses", () => {
  const refusing = { ...percentage, admits: false, memoryPercent: 32 };
  const row = (free: number): CapacityRow => ({ id: "10de:20f1", total: 12, used: 12 - free, free });
  const said1 = "note: gpu-prod: vCenter refuses the batch (CPU 99 %, memory 32 % left, 33 % required)";
  const slots = { cpuMhz: 32, memoryMb: 263168, total: 3, afterFailures: 2, needed: 5 };
  test.each<[string, Partial<ClusterJudgement>, readonly string[]]>([
    [
      "counts the free devices of every kind",
      { admissionControl: refusing, capacity: [row(4), row(1)] },
      [`${said1} though 5 devices are free`],
    ],
    ["counts one", { admissionControl: refusing, capacity: [row(1)] }, [`${said1} though 1 device is free`]],
    ["speaks of no devices where none is free", { admissionControl: refusing, capacity: [row(0)] }, [said1]],
    [
      "explains slots",
      { admissionControl: { policy: "slotPolicy", admits: false, slots } },
      ["note: gpu-prod: vCenter refuses the batch (5 of 2 slots needed, 3 before failures; a slot is 32 MHz, 257 GB)"],
    ],
    ["is silent where vCenter admits", { admissionControl: percentage, capacity: [row(4)] }, []],
    ["is silent with HA off", { capacity: [row(4)] }, []],
  ])("%s", (_, rest, expected) => {
    expect(said(admissionControlRefuses, judged(rest))).toEqual(expected);
  });
});

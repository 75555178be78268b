import { judge } from "./judge";
import { Cluster, ClusterJudgement, known, PlanVm, RefusalReason, unknown } from "../../lib/model";
import { address } from "../rules/builders";
import { cluster, hosts, inventory, plan, running, vm } from "../reference/notation";

/** Two hosts with an A100 each; HA on, without admission control. */
function judged(planned: Partial<PlanVm>, asks = "", more: Partial<Cluster> = {}): ClusterJudgement {
  const ha = { hostFailuresToTolerate: 1, admissionControl: "disabled", defaultRestartPriority: "medium" } as const;
  const of = cluster({ hosts: hosts("h1[A*1] h2[A*1]"), ha, ...more });
  return judge(plan([vm("v", asks, planned)]), inventory(of)).clusters[0]!;
}

const refused = ({ powerOn }: ClusterJudgement): readonly RefusalReason[] =>
  powerOn.failing?.steps.flatMap((step) => (step.refused ?? []).map(({ reason }) => reason)) ?? [];
const GB64 = { memoryMb: known(65536), memoryReservationMb: known(65536) };
const HIGH = { ...GB64, latencySensitivity: known("high"), cpuReservationMhz: known(2000) };
const on = (host: string) => ({ host: known({ by: "name", name: host }) as PlanVm["host"] & object });
const nic = { ...GB64, carriers: { gpuIntent: false, sriov: known([address("0000:3b:00.0")]) } };

describe("what is refused whatever the host, with devices and without", () => {
  test.each<[string, Partial<PlanVm>, RefusalReason]>([
    ["a CPU limit below its reservation", { cpuReservationMhz: known(2000), cpuLimitMhz: known(1999) }, "limit-below-reservation"],
    ["a memory limit below its reservation", { ...GB64, memoryLimitMb: known(65535) }, "limit-below-reservation"],
    ["high latency sensitivity without CPU", { ...HIGH, cpuReservationMhz: known(0) }, "latency-sensitivity"],
    ["high latency sensitivity without all memory", { ...HIGH, memoryReservationMb: known(1) }, "latency-sensitivity"],
    ["an SR-IOV interface without all memory", { ...nic, ...on("h1"), memoryReservationMb: known(0) }, "memory-not-reserved"],
  ])("%s", (_, planned, reason) => {
    const found = judged(planned);
    expect([found.powerOn.verdict, refused(found)]).toEqual(["impossible", [reason]]);
  });

  test.each<[string, Partial<PlanVm>]>([
    ["limits at the reservations", { ...GB64, memoryLimitMb: known(65536), cpuReservationMhz: known(2000), cpuLimitMhz: known(2000) }],
    ["high latency sensitivity with its reservations", HIGH],
    ["a limit that is not known, of what is not reserved", { cpuReservationMhz: known(0), cpuLimitMhz: unknown("${x}") }],
    ["a latency sensitivity that is not known, with full reservations", { ...HIGH, latencySensitivity: unknown("${x}") }],
  ])("but not %s", (_, planned) => {
    expect(judged(planned).powerOn.verdict).toBe("guaranteed");
  });

  test.each<[string, Partial<PlanVm>]>([
    ["a limit", { cpuReservationMhz: known(2000), cpuLimitMhz: unknown("${x}") }],
    ["a latency sensitivity", { ...GB64, latencySensitivity: unknown("${x}"), cpuReservationMhz: known(0) }],
  ])("%s that is not known, and matters, is unknown", (_, planned) => {
    expect(judged(planned).powerOn.verdict).toBe("unknown");
  });
});

describe("a VM with an SR-IOV interface (M11)", () => {
  test("starts on the host it names, though DRS picks those of others", () => {
    const found = judged({ ...nic, ...on("h2") });
    expect(found.powerOn.verdict).toBe("guaranteed");
    expect(found.powerOn.succeeding?.steps).toMatchObject([{ action: "power-on", host: "h2" }]);
  });

  test("does not start where that host is out of service", () => {
    expect(judged({ ...nic, ...on("h9") }).powerOn.verdict).toBe("impossible");
  });

  test("takes its GPUs from the host it names", () => {
    const busy = { vms: [running("other", "h1", [0])] };
    expect(
      judged({ ...nic, ...on("h1"), carriers: { ...vm("v", "A").carriers, sriov: nic.carriers.sriov } }, "A", busy).powerOn.verdict,
    ).toBe("impossible");
  });

  test("does not come back when its host fails, and another VM would", () => {
    expect(judged({ ...nic, ...on("h1") }).failover).toMatchObject({ verdict: "fails", worst: { hosts: ["h1"] } });
    expect(judged({ ...GB64, ...on("h1") }).failover.verdict).toBe("survives");
  });

  test("that runs already does not come back either", () => {
    const runs = { vms: [running("v", "h1", [])] };
    expect(judged({ ...nic, ...on("h1") }, "", runs).failover.verdict).toBe("fails");
  });
});

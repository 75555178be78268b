import { admissionControl, CountedVm } from "../../../lib/engine/constraints/admission-control";
import { HaSettings, Host } from "../../../lib/model";
import { cluster, ha, hosts } from "../../reference/notation";

const GB = 1024;

describe("admission control (A1 to A3)", () => {
  const answer = (settings: Partial<HaSettings>, failures: number, of: readonly Host[], vms: readonly CountedVm[]): object =>
    admissionControl(cluster({ hosts: of, ha: ha(failures, settings) }))!(vms);
  const three = hosts("h1[] h2[] h3[]", { cpuMhz: 64000, memoryMb: 512 * GB });
  const vms = (count: number, memoryMb: number, cpuReservationMhz = 0): CountedVm => ({ count, memoryMb, cpuReservationMhz });

  test("E12: the automatic percentage, truncated", () => {
    expect(answer({ admissionControl: "resourcePercentage" }, 1, three, [vms(6, 65 * GB)])).toEqual({
      policy: "resourcePercentage",
      admits: true,
      cpuPercent: 99,
      memoryPercent: 74,
      required: 33,
    });
  });

  test("a percentage of its own for memory is told apart", () => {
    expect(
      answer({ admissionControl: "resourcePercentage", cpuPercent: 25, memoryPercent: 80 }, 1, three, [vms(6, 65 * GB)]),
    ).toMatchObject({
      admits: false,
      required: 25,
      requiredMemory: 80,
    });
  });

  test("E15: one large VM makes the slot", () => {
    expect(answer({ admissionControl: "slotPolicy" }, 1, three, [vms(1, 257 * GB), vms(4, 0)])).toEqual({
      policy: "slotPolicy",
      admits: false,
      refusedBy: ["slots"],
      slots: { cpuMhz: 32, memoryMb: 257 * GB, total: 3, afterFailures: 2, needed: 5 },
    });
  });

  test("with an explicit slot size a VM takes several slots, at least one", () => {
    const explicit = { admissionControl: "slotPolicy", slotCpuMhz: 1000, slotMemoryMb: 100 * GB } as const;
    expect(answer(explicit, 1, three, [vms(1, 257 * GB), vms(4, 0)])).toMatchObject({
      admits: true,
      slots: { total: 15, afterFailures: 10, needed: 7 },
    });
  });

  test("a slot of zero memory does not bind", () => {
    expect(answer({ admissionControl: "slotPolicy" }, 1, three, [vms(4, 0)])).toMatchObject({
      slots: { memoryMb: 0, total: 6000, afterFailures: 4000 },
    });
  });

  test("fewer than two usable hosts admit nothing by percentage", () => {
    expect(answer({ admissionControl: "resourcePercentage", cpuPercent: 1, memoryPercent: 1 }, 1, three.slice(0, 1), [])).toMatchObject({
      admits: false,
    });
  });

  test.each(["disabled", "failoverHosts"] as const)("%s refuses nothing and says no more", (policy) => {
    expect(answer({ admissionControl: policy }, 1, three, [vms(1000, 512 * GB)])).toEqual({ policy, admits: true });
  });

  test("there is none where HA is off", () => {
    expect(admissionControl(cluster({ hosts: three }))).toBeUndefined();
  });
});

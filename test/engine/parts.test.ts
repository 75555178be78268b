import { admissionControl, CountedVm } from "../../lib/engine/constraints/admission-control";
import { compareReleases, deviceMaximum, newestHardwareVersion, supportsHardwareVersion } from "../../lib/engine/constraints/compatibility";
import { firstDevices } from "../../lib/engine/constraints/matching";
import { PoolLoad, Pools } from "../../lib/engine/constraints/resource-pools";
import { HaSettings, Host, matchingSize, ResourcePool } from "../../lib/model";
import { cluster, ha, hosts } from "../reference/notation";

const SOURCE = { file: "x", line: 1 };
const GB = 1024;

describe("compatibility", () => {
  const host = (esxi: string, hardwareVersions?: readonly number[]): Host => ({
    ...hosts("h[A]")[0]!,
    esxi,
    ...(hardwareVersions ? { hardwareVersions } : {}),
  });

  test.each<[number, string, boolean]>([
    [13, "6.5", true],
    [15, "6.7.1", false],
    [15, "6.7.2", true],
    [17, "6.7.3", false],
    [17, "7.0", true],
    [19, "7.0.1", false],
    [20, "8.0", true],
    [21, "8.0.1", false],
    [21, "8.0.2", true],
    [21, "8.0.10", true],
    [22, "8.0.3", false],
    [22, "9.0", true],
    [23, "9.9", false],
  ])("hardware version %i on ESXi %s: %s", (version, esxi, supported) => {
    expect(supportsHardwareVersion(host(esxi), version)).toBe(supported);
  });

  test("a host's own list wins over its release", () => {
    expect(supportsHardwareVersion(host("9.0", [17, 19]), 21)).toBe(false);
    expect(newestHardwareVersion(host("9.0", [17, 19]))).toBe(19);
    expect(newestHardwareVersion(host("8.0.2"))).toBe(21);
  });

  test.each([
    [19, "8.0.2", 16],
    [20, "8.0", 32],
    [20, "8.0.1", 64],
    [21, "8.0.2", 128],
    [22, "9.0", 128],
  ])("hardware version %i on ESXi %s takes %i devices", (version, esxi, maximum) => {
    expect(deviceMaximum(version, esxi)).toBe(maximum);
  });

  test.each([
    ["8.0", "8.0.0", 0],
    ["8.0.2", "8.0.10", -1],
    ["9.0", "8.0.3", 1],
  ])("%s against %s is %i", (a, b, expected) => {
    expect(compareReleases(a, b)).toBe(expected);
  });
});

describe("matching", () => {
  const mayHave = (request: string, device: string): boolean => request.includes(device);

  test("finds what first fit does not (E7)", () => {
    expect(matchingSize(["ab", "a"], ["a", "b"], mayHave)).toBe(2);
    expect(matchingSize(["a", "a"], ["a", "b"], mayHave)).toBe(1);
  });

  test("takes the first devices that still match one to one", () => {
    expect(firstDevices(["b", "ab"], ["a", "b", "b"], mayHave)).toEqual(["a", "b"]);
    expect(firstDevices(["b", "b"], ["a", "b", "b"], mayHave)).toEqual(["b", "b"]);
    expect(firstDevices(["c"], ["a", "b"], mayHave)).toBeUndefined();
    expect(firstDevices([], ["a"], mayHave)).toEqual([]);
  });
});

describe("resource pools (Q1)", () => {
  const pool = (name: string, rest: Partial<ResourcePool>): ResourcePool => ({ name, expandable: true, source: SOURCE, ...rest });
  const load = (memoryMb: number): PoolLoad => ({ cpuMhz: 0, memoryMb });
  const shortage = (pools: readonly ResourcePool[], used: Readonly<Record<string, number>>, asked: number): string | undefined =>
    new Pools(pools).shortage("p", load(asked), new Map(Object.entries(used).map(([name, memoryMb]) => [name, load(memoryMb)])))?.pool;

  test.each<[string, readonly ResourcePool[], Readonly<Record<string, number>>, number, string | undefined]>([
    ["a limit binds", [pool("p", { memoryLimitMb: 10 })], { p: 8 }, 3, "p"],
    ["up to the limit is fine", [pool("p", { memoryLimitMb: 10 })], { p: 8 }, 2, undefined],
    ["a reservation binds a pool that can't expand", [pool("p", { memoryReservationMb: 10, expandable: false })], { p: 8 }, 3, "p"],
    ["an expandable one asks the root, which has no limit", [pool("p", { memoryReservationMb: 10 })], { p: 8 }, 300, undefined],
    ["an undeclared reservation does not bind", [pool("p", { expandable: false })], { p: 8 }, 300, undefined],
    [
      "the excess is asked of the parent",
      [pool("p", { parent: "q", memoryReservationMb: 10 }), pool("q", { memoryLimitMb: 12 })],
      { p: 8 },
      5,
      "q",
    ],
    [
      "what lies within a child's reservation costs the parent nothing more",
      [pool("p", { parent: "q", memoryReservationMb: 10 }), pool("q", { memoryLimitMb: 12 })],
      { p: 5, q: 2 },
      5,
      undefined,
    ],
    [
      "a sibling's reservation counts though it is idle",
      [pool("p", { parent: "q" }), pool("r", { parent: "q", memoryReservationMb: 8 }), pool("q", { memoryLimitMb: 12 })],
      { p: 3 },
      2,
      "q",
    ],
  ])("%s", (_, pools, used, asked, expected) => {
    expect(shortage(pools, used, asked)).toBe(expected);
  });
});

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

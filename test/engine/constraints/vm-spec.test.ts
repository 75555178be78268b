import { plannedSpec, plannedVmSpec, Resolved, runningSpec } from "../../../lib/engine/constraints/vm-spec";
import { known, Maybe, PlanVm, unknown } from "../../../lib/model";
import { cluster, ha, hosts, planned, requests, running, vm } from "../../reference/notation";

const of = cluster({ hosts: hosts("h1[A]"), ha: ha(1, { defaultRestartPriority: "low" }) });
const resolved = (asks: string): Resolved => ({ requests: known(requests(asks)), pin: known(undefined), hardwareVersion: 19 });

describe("a VM of the plan", () => {
  test.each<[title: string, more: Partial<PlanVm>, why: string]>([
    ["memory", { memoryMb: unknown("${m}") }, "${m}"],
    ["its reservation", { memoryReservationMb: unknown("${r}") }, "${r}"],
    ["hardware version", { hardwareVersion: unknown("${h}") }, "${h}"],
    ["a memory limit, of which it is not known what it is", { memoryLimitMb: unknown("${l}") }, "${l}"],
    ["the first of several", { memoryMb: unknown("${m}"), cpuReservationMhz: unknown("${c}") }, "${m}"],
  ])("is not known where that is not: %s", (_, more, why) => {
    expect(plannedVmSpec(vm("v", "A", more), resolved("A"), of)).toMatchObject({ known: false, why });
  });

  test.each<[title: string, asks: string, more: Partial<PlanVm>, expected: object]>([
    ["overhead with devices is assumed", "A", {}, { overheadMb: 1024, static: false }],
    ["and without them", "", {}, { overheadMb: 111 }],
    ["the template's hardware version, where it has none", "A", {}, { hardwareVersion: 19 }],
    ["its own", "A", { hardwareVersion: known(21) }, { hardwareVersion: 21 }],
    ["the cluster's restart priority, where it has none", "A", {}, { restartPriority: "low" }],
    ["its own", "A", { restartPriority: known("high") }, { restartPriority: "high" }],
    ["any memory limit", "A", { memoryLimitMb: known(1) }, { memoryLimitMb: 1 }],
  ])("has %s", (_, asks, more, expected) => {
    const spec: Maybe<unknown> = plannedVmSpec(vm("v", asks, more), resolved(asks), of);
    expect(spec).toMatchObject({ known: true, value: expected });
  });
});

test("planned VMs are numbered where they are several", () => {
  const id = (count: number): string => plannedSpec(planned("p", "A", { count }), 1, of).id;
  expect([id(1), id(2)]).toEqual(["planned.p", "planned.p[1]"]);
});

test.each<[title: string, isStatic: boolean, asks: Parameters<typeof runningSpec>[2], expected: boolean]>([
  ["nothing says so", false, requests("A"), false],
  ["the inventory says so", true, requests("A"), true],
  ["it asks for an exact device", false, [{ kind: "static", address: hosts("h1[A]")[0]!.devices[0]!.address }], true],
])("a running VM can't restart elsewhere: %s", (_, isStatic, asks, expected) => {
  expect(runningSpec(running("r", "h1", [0], { static: isStatic }), "r", asks, of).static).toBe(expected);
});

import { vmRefusals } from "../../../lib/engine/constraints/first-power-on";
import { RESOURCES } from "../../../lib/engine/constraints/resources";
import { plannedSpec, VmSpec } from "../../../lib/engine/constraints/vm-spec";
import { cluster, hosts, planned } from "../../reference/notation";

const of = cluster({ hosts: hosts("h1[A]") });
const spec = (asks: string, more: Partial<VmSpec> = {}): VmSpec => ({ ...plannedSpec(planned("p", asks), 0, of), ...more });

/** What depends on the VM alone: section 3, the rows E27 and E28. */
test.each<[title: string, vm: VmSpec, reasons: readonly string[]]>([
  ["all of its memory reserved", spec("A"), []],
  ["without devices nothing is asked", spec("", { reservationMb: 0, memoryLimitMb: 1, hardwareVersion: 13 }), []],
  ["one MB is not reserved", spec("A", { reservationMb: 1023 }), ["memory-not-reserved"]],
  ["the oldest hardware for dynamic devices", spec("A", { hardwareVersion: 17 }), []],
  ["older", spec("A", { hardwareVersion: 16 }), ["hardware-version"]],
  ["a memory limit", spec("A", { memoryLimitMb: 4096 }), ["memory-limit"]],
  ["an SR-IOV interface and one MB that is not reserved", spec("", { reservationMb: 1023, sriov: true }), ["memory-not-reserved"]],
  ["an SR-IOV interface and a memory limit", spec("", { memoryLimitMb: 4096, reservationMb: 1024, sriov: true }), []],
  ["limits at the reservations", spec("", { memoryLimitMb: 1024, reservationMb: 1024, cpuReservationMhz: 500, cpuLimitMhz: 500 }), []],
  ["a memory limit below the reservation", spec("", { memoryLimitMb: 1023, reservationMb: 1024 }), ["limit-below-reservation"]],
  ["a CPU limit below the reservation", spec("", { cpuReservationMhz: 500, cpuLimitMhz: 499 }), ["limit-below-reservation"]],
  ["latency sensitivity with all that it needs", spec("", { latencySensitive: true, cpuReservationMhz: 1, reservationMb: 1024 }), []],
  [
    "latency sensitivity without CPU",
    spec("", { latencySensitive: true, cpuReservationMhz: 0, reservationMb: 1024 }),
    ["latency-sensitivity"],
  ],
  [
    "latency sensitivity without all memory",
    spec("", { latencySensitive: true, cpuReservationMhz: 1, reservationMb: 1023 }),
    ["latency-sensitivity"],
  ],
  [
    "all at once",
    spec("A", { reservationMb: 0, memoryLimitMb: 1, hardwareVersion: 13 }),
    ["hardware-version", "memory-not-reserved", "memory-limit"],
  ],
])("%s", (_, vm, reasons) => {
  expect(vmRefusals(vm).map(({ reason }) => reason)).toEqual(reasons);
});

test("memory is the reservation and the overhead, CPU the reservation", () => {
  const vm = spec("A", { reservationMb: 1000, overheadMb: 24, memoryMb: 4096, cpuReservationMhz: 7 });
  expect([RESOURCES.memoryMb.need(vm), RESOURCES.cpuMhz.need(vm)]).toEqual([1024, 7]);
  const [host] = hosts("h1[]", { memoryMb: 5, cpuMhz: 6 });
  expect([RESOURCES.memoryMb.capacity(host!), RESOURCES.cpuMhz.capacity(host!)]).toEqual([5, 6]);
});

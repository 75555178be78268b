import { Host, known, PlanVm } from "../../../lib/model";
import { hosts, vm } from "../../reference/notation";
import { classOf } from "../compiled";
import { problemOf } from "./problem-of";

describe("only what can run out is counted", () => {
  // Two VMs with a device each take 2048 MB each; one without takes 111 MB of overhead.
  const taken = (more: Partial<Host>, ...vms: readonly PlanVm[]): readonly number[] => {
    const { memoryMb, cpuMhz } = classOf(problemOf({ hosts: hosts("h1[A*2]", more) }, vms), "v");
    return [memoryMb, cpuMhz];
  };
  const v = vm("v", "A", { cpuReservationMhz: known(3) });
  const n = vm("n", "", { cpuReservationMhz: known(1) });
  test.each<[title: string, taken: readonly number[], expected: readonly number[]]>([
    ["room for all on every device", taken({ memoryMb: 4096, cpuMhz: 6 }, v, vm("w", "A")), [0, 0]],
    ["one MB short", taken({ memoryMb: 4095, cpuMhz: 6 }, v, vm("w", "A")), [2048, 0]],
    ["one MHz short", taken({ memoryMb: 4096, cpuMhz: 5 }, v, vm("w", "A")), [0, 3]],
    ["those without devices come on top", taken({ memoryMb: 4206, cpuMhz: 6 }, v, n), [2048, 3]],
    ["exactly", taken({ memoryMb: 4207, cpuMhz: 7 }, v, n), [0, 0]],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

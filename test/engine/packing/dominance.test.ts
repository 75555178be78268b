import { Demand } from "../../../lib/engine/packing/bins";
import { dominances } from "../../../lib/engine/packing/dominance";

describe("only the largest have to be asked about", () => {
  interface Vm extends Demand {
    readonly name: string;
    readonly kind: string;
  }
  const vm = (name: string, more: Partial<Vm>): Vm => {
    return { name, kind: "", index: 0, requests: [0], memoryMb: 0, cpuMhz: 0, apart: [], ...more };
  };
  const a = vm("a", { memoryMb: 4, cpuMhz: 4 });

  test.each<[title: string, vms: readonly Vm[], fronts: readonly string[]]>([
    ["nobody", [], []],
    ["one speaks for itself", [a], ["a"]],
    ["of two equals one speaks for both", [a, vm("b", { memoryMb: 4, cpuMhz: 4 })], ["a b"]],
    ["more of both speaks for less", [vm("b", { memoryMb: 3, cpuMhz: 3 }), a], ["a b"]],
    ["as much memory and less CPU is covered", [vm("b", { memoryMb: 4, cpuMhz: 3 }), a], ["a b"]],
    ["less memory and as much CPU is covered", [vm("b", { memoryMb: 3, cpuMhz: 4 }), a], ["a b"]],
    ["more of one and less of the other can't be compared", [a, vm("b", { memoryMb: 3, cpuMhz: 5 })], ["a", "b"]],
    [
      "each is covered by one that takes at least as much of everything, of several",
      [a, vm("b", { memoryMb: 3, cpuMhz: 5 }), vm("c", { memoryMb: 2, cpuMhz: 5 }), vm("d", { memoryMb: 1, cpuMhz: 6 })],
      ["a", "b c", "d"],
    ],
    ["more devices are other devices: not compared", [a, vm("b", { requests: [0, 0] })], ["a", "b"]],
    ["a rule makes a difference", [a, vm("b", { apart: [0] })], ["a", "b"]],
    ["what the asker tells apart makes a difference", [a, vm("b", { kind: "other" })], ["a", "b"]],
  ])("%s", (_, vms, fronts) => {
    const found = dominances(
      vms,
      (one) => one,
      ({ kind }) => kind,
    );
    expect(found.map(({ covered }) => covered.map(({ name }) => name).join(" ")).sort()).toEqual(fronts);
    for (const { largest, covered } of found) {
      expect(covered[0]).toBe(largest);
      for (const one of covered) expect(one.memoryMb <= largest.memoryMb && one.cpuMhz <= largest.cpuMhz).toBe(true);
    }
  });
});

import { known, PlanVm } from "../../../lib/model";
import { after, hosts, vm } from "../../reference/notation";
import { problemOf } from "./problem-of";

describe("VMs are of one class where they can change places", () => {
  const classes = (...vms: readonly PlanVm[]): number => problemOf({ hosts: hosts("h1[A*4] h2[T*4,H]") }, vms).classes.length;
  const v = vm("v", "A");
  test.each<[title: string, classes: number, expected: number]>([
    ["nobody", classes(), 0],
    ["equal", classes(v, vm("w", "A")), 1],
    ["one more device", classes(v, vm("w", "A,A")), 2],
    ["a label", classes(v, vm("w", "T")), 2],
    ["another memory that can't run out", classes(v, vm("w", "A", { memoryMb: known(4096) })), 1],
    ["another priority", classes(v, vm("w", "A", { restartPriority: known("high") })), 2],
    ["one waits", classes(v, vm("w", "A", after("v"))), 2],
    ["both wait for the same", classes(vm("u", "H"), vm("v", "A", after("u")), vm("w", "A", after("u"))), 2],
    ["the order in which devices are asked for", classes(vm("v", "A,T"), vm("w", "T,A")), 1],
    ["a memory limit is refused", classes(v, vm("w", "A", { memoryLimitMb: known(9) })), 2],
  ])("%s", (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

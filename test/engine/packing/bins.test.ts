import { Bins, binsOf } from "../../../lib/engine/packing/bins";
import { known } from "../../../lib/model";
import { cluster, ha, hosts, plan, running, vm } from "../../reference/notation";
import { classOf, compiledOf } from "../compiled";
import { countedOf } from "./notation";

describe("the ways to put one VM on one host", () => {
  test.each<[title: string, host: string, vms: string, ways: number]>([
    ["no device, one asked for", "h1[]", "A", 0],
    ["exactly one", "h1[A]", "A", 1],
    ["equal devices are one way", "h1[A*4]", "A", 1],
    ["one too few", "h1[A]", "A,A", 0],
    ["exactly enough", "h1[A*2]", "A,A", 1],
    ["an unlabelled request may take either", "h1[A,T]", "A T", 2],
    ["two of them may take both unlabelled ones, or one of each", "h1[A*2,T]", "A,A T", 2],
    ["a labelled request takes a labelled device only", "h1[A]", "T A", 0],
    ["labelled devices serve both requests", "h1[T*2]", "A,T", 1],
    ["one labelled device can't serve both", "h1[T]", "A,T", 0],
    ["which request gets which device is no difference", "h1[A,T]", "A,T", 1],
    ["CPU exactly", "h1[A]@5", "A@5", 1],
    ["CPU one short", "h1[A]@4", "A@5", 0],
    ["no device and CPU exactly", "h1[]@5", "-@5 -@5", 1],
    ["no device and CPU one short", "h1[]@4", "-@5", 0],
  ])("%s", (_, host, vms, ways) => {
    const { bins, hosts: [bin], demands: [demand] } = countedOf(host, vms); // prettier-ignore
    expect(bins.place(bin!, demand!).length).toBe(ways);
    expect(bins.fits(bin!, demand!)).toBe(ways > 0);
  });

  test("memory exactly, and one short", () => {
    // 1024 MB reserved and 1024 MB of overhead.
    const fits = (memoryMb: number): boolean => {
      const { bins, hosts: [bin], demands: [demand] } = countedOf("h1[A]", "A", { memoryMb }); // prettier-ignore
      return bins.fits(bin!, demand!);
    };
    expect([fits(2048), fits(2047)]).toEqual([true, false]);
  });

  test("VMs that a rule keeps apart are not on one host, others may be beside them", () => {
    const { bins, hosts: [bin], demands } = countedOf("h1[A*3]", "A! A! A"); // prettier-ignore
    const [after] = bins.place(bin!, demands[0]!);
    expect([bins.fits(after!, demands[1]!), bins.fits(after!, demands[2]!)]).toEqual([false, true]);
  });

  test("nothing fits on a host that is not there any more, not even what asks for CPU alone", () => {
    const { bins, demands } = countedOf("h1[A]@1", "A -@1 -@1");
    expect(demands.map((demand) => bins.fits(bins.nowhere, demand))).toEqual([false, false, false]);
  });
});

describe("hosts are one bin exactly where they have the same left", () => {
  test.each<[title: string, hosts: string, vms: string, same: boolean]>([
    ["equal hosts", "h1[A] h2[A]", "A", true],
    ["one more device", "h1[A] h2[A*2]", "A", false],
    ["a label that somebody asks for", "h1[A] h2[T]", "A T", false],
    ["a label that nobody asks for", "h1[A] h2[T]", "A", true],
    ["a model that nobody asks for", "h1[A] h2[A,H]", "A", true],
    ["less CPU than could be asked for", "h1[A]@4 h2[A]@5", "A@5", false],
    ["CPU that can't run out", "h1[A]@5 h2[A]@9", "A@5", true],
    // VMs without devices are counted together: three of them may ask for 6.
    ["CPU beyond what all VMs together ask for", "h1[]@6 h2[]@7 h3[]@5", "-@2 -@2 -@2", true],
    ["CPU of which the last one is asked for", "h1[]@5 h2[]@6", "-@2 -@2 -@2", false],
  ])("%s", (_, hostsText, vms, same) => {
    const [first, second] = countedOf(hostsText, vms).hosts;
    expect(first === second).toBe(same);
  });
});

describe("what a VM takes", () => {
  const of = cluster({
    hosts: hosts("h1[A*2] h2[A*2]"),
    ha: ha(1),
    vms: [running("bound", "h1", [0], { static: true }), running("r", "h2", [0])],
  });
  const asked = plan([vm("v", "A"), vm("w", "A"), vm("idle", ""), vm("old", "A", { hardwareVersion: known(15) })]);
  const { problem } = compiledOf(asked, of).transition;
  const demandOf = (name: string, mode: "power-on" | "restart"): number | undefined =>
    new Bins(problem, mode).demandOf(classOf(problem, name))?.index;

  test.each<[title: string, name: string, powerOn: boolean, restart: boolean]>([
    ["a device is a demand", "v", true, true],
    ["nothing that can run out is none", "idle", false, false],
    ["what is never on takes nothing at power-on", "old", false, true],
    ["what can't be elsewhere takes nothing at a restart", "bound", true, false],
  ])("%s", (_, name, powerOn, restart) => {
    expect([demandOf(name, "power-on") !== undefined, demandOf(name, "restart") !== undefined]).toEqual([powerOn, restart]);
  });

  test("VMs that take the same have one demand, whoever they are", () => {
    expect(demandOf("v", "restart")).toBe(demandOf("r", "restart"));
  });

  test("is counted by demand, without those that take nothing", () => {
    const bins = binsOf(problem, "power-on");
    const counted = bins.counted([
      { vmClass: classOf(problem, "v"), count: 2 },
      { vmClass: classOf(problem, "idle"), count: 5 },
    ]);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(counted[bins.demandOf(classOf(problem, "v"))!.index]).toBe(2);
  });

  test("the bins of a problem are the same each time, but not those of restarts", () => {
    expect(binsOf(problem, "power-on")).toBe(binsOf(problem, "power-on"));
    expect(binsOf(problem, "power-on")).not.toBe(binsOf(problem, "restart"));
  });
});

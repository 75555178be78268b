import { Threshold, Thresholds } from "../../../lib/engine/packing/thresholds";
import { countedOf } from "./notation";

/** Of the first VM, on the first host. */
function thresholdOf(host: string, vms: string): Threshold {
  const { bins, hosts: [bin], demands: [victim] } = countedOf(host, vms); // prettier-ignore
  return new Thresholds(bins, victim!).of(bin!);
}

describe("how many devices others have to take before a VM does not fit any more", () => {
  test.each<[title: string, host: string, vms: string, devices: number]>([
    ["none, where it does not fit now", "h1[]", "A", 0],
    ["none, where it is one device short", "h1[A]", "A,A", 0],
    ["the only one", "h1[A]", "A", 1],
    ["all, where it asks for one", "h1[A*4]", "A", 4],
    ["one of exactly enough", "h1[A*2]", "A,A", 1],
    ["all but one, where it asks for two", "h1[A*4]", "A,A", 3],
    ["what it can't use does not count", "h1[A,H*3]", "A H", 1],
    ["either label will do", "h1[A,T]", "A T", 2],
    ["the one labelled device, though many others are left", "h1[A*5,T]", "A,T", 1],
    // Hall: {A, T} together have two devices for two requests, T alone has two for one.
    ["two requests that share their devices lose one at the first taken", "h1[T*2]", "A,T", 1],
    ["without devices, no device", "h1[A]@5", "-@3 A@3", Infinity],
    ["of six different requests it is still counted", "h1[A,T*2,I,H*2]", "A,T,I,H,A|H,T|H", 1],
    // With seven, subsets are too many: 0 needs nothing, so that nothing is proved.
    ["of seven different requests nothing is claimed", "h1[A,T*2,I*2,H*2]", "A,T,I,H,A|H,T|H,I|H", 0],
  ])("%s", (_, host, vms, devices) => {
    expect(thresholdOf(host, vms).devices).toBe(devices);
  });
});

describe("how much CPU others have to take", () => {
  test.each<[title: string, host: string, vms: string, cpuMhz: number]>([
    ["none, where it is short now", "h1[A*9]@4", "A@5", 0],
    // 5 are spare; two VMs of 5 take 10, of which the second is too much.
    ["a multiple of what all take that is more than is spare", "h1[A*9]@10", "A@5 A@5", 10],
    ["one more than is spare, where needs have no common measure", "h1[A*9]@10", "A@4 A@3", 7],
    ["exactly enough for itself leaves nothing: the next one is too much", "h1[A*9]@4", "A@4 A@4", 4],
    // One device is left beside the victim's: with 5 MHz for each device no more than 5 can be asked for.
    ["it can't come to that where too few devices are left", "h1[A*2]@10 h2[A*3]@10", "A@5 A@5", Infinity],
    ["it can where one more is left", "h1[A*3]@10", "A@5 A@5", 10],
    ["VMs without devices count whatever is left", "h1[A]@10", "A@4 -@7", 7],
  ])("%s", (_, host, vms, cpuMhz) => {
    expect(thresholdOf(host, vms).cpuMhz).toBe(cpuMhz);
  });

  test("and of memory: the overhead counts", () => {
    // 4096 are there, each takes 2048: the victim leaves room for one, and two others close the host.
    const { bins, hosts: [bin], demands: [victim] } = countedOf("h1[A*5]", "A A", { memoryMb: 4096 }); // prettier-ignore
    expect(new Thresholds(bins, victim!).of(bin!)).toEqual({ devices: 5, memoryMb: 4096, cpuMhz: Infinity, mate: false });
  });
});

describe("what others take of use to a VM", () => {
  test.each<[title: string, vms: string, weights: readonly number[]]>([
    ["what it could use itself", "A A A,A", [1, 1, 2]],
    ["nothing, of another model", "A H", [1, 0]],
    ["perhaps, where they may take either", "A A|H H,A", [1, 1, 1]],
    ["a labelled device is of use to who asks for any", "A T", [1, 1]],
    ["an unlabelled request may take the labelled device", "T A", [1, 1]],
    ["nothing, to a VM without devices", "-@1 A", [0, 0]],
  ])("%s", (_, vms, weights) => {
    const { bins, demands } = countedOf("h1[A*2,T*2,H*2]@1", `${vms} -@1 -@1`);
    const all = new Thresholds(bins, demands[0]!).weights;
    expect(weights.map((_weight, at) => all[demands[at]!.index])).toEqual(weights);
  });
});

test.each<[title: string, vms: string, mate: boolean, mates: number]>([
  ["a VM under no rule has no mates", "A A!", false, 0],
  ["one under a rule has all that are under it, itself too", "A! A! A", true, 1],
  ["those that take something else are mates, too", "A! A,A! A", true, 2],
])("kept apart: %s", (_, vms, mate, mates) => {
  const { bins, hosts: [bin], demands: [victim] } = countedOf("h1[A*4]", vms); // prettier-ignore
  const thresholds = new Thresholds(bins, victim!);
  expect([thresholds.of(bin!).mate, thresholds.mates.length]).toEqual([mate, mates]);
});

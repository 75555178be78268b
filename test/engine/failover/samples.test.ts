import { Fate, Samples } from "../../../lib/engine/failover/samples";
import { Budget } from "../../../lib/engine/packing/budget";
import { PlanVm } from "../../../lib/model";
import { vm } from "../../reference/notation";
import { Failing, failingOf } from "./notation";

const fatesOf = ({ transition, space, instance }: Failing, largest: number, limit = 100_000): readonly Fate[] | "doomed" =>
  new Samples(transition.problem, space, instance, new Budget(limit)).fates(largest, []);

const singles = (count: number): readonly PlanVm[] => Array.from({ length: count }, (_, index) => vm(`v${index}`, "A"));

describe("what becomes of placements", () => {
  // Of running VMs it is asked only where some order is known to lose one.
  test.each<[title: string, hosts: string, running: string, fates: readonly Fate[]]>([
    ["the pair can be first: some order saves all", "h1[A*4] h2[A*2] h3[A*2]", "h1:A h1:A h1:A,A", ["order"]],
    ["no order does", "h1[A*2] h2[A]", "h1:A h1:A", ["lost"]],
    ["who is bound is lost", "h1[A] h2[A]", "h1:A!", ["lost"]],
  ])("of running VMs: %s", (_, hostsText, runs, fates) => {
    expect(fatesOf(failingOf(hostsText, runs), 1)).toEqual(fates);
  });

  test("of a batch: each that survives does", () => {
    expect(new Set(fatesOf(failingOf("h1[A*2] h2[A*2] h3[A*2]", "", singles(4)), 1))).toEqual(new Set(["survives"]));
  });

  test("of a batch: what is lost with any of its hosts is lost wherever it is", () => {
    // Two on two hosts of one: whichever fails, the other is full.
    expect(fatesOf(failingOf("h1[A] h2[A]", "", singles(2)), 1)).toBe("doomed");
  });

  test.each([0, 1, 2, 5, 10])("a limit of %i that is reached never claims that nothing is lost", (limit) => {
    const of = failingOf("h1[A*8] h2[A*4] h3[A*4]", "h1:A,A,A h1:A,A,A h1:A,A");
    expect(["open", "lost"]).toContain(fatesOf(of, 1, limit)[0]);
  });
});

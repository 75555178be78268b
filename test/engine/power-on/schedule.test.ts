import { Assignment } from "../../../lib/engine/packing/answer";
import { Schedule } from "../../../lib/engine/power-on/schedule";
import { PlanVm } from "../../../lib/model";
import { after, running, vm } from "../../reference/notation";
import { powerOnOf, slotOf } from "../compiled";
import { partsOf, Parts, Updates } from "./notation";

/** Puts each VM on a host, `a:h1`, on the first devices that it can take there. */
function assigned({ transition, bins, precedence }: Parts, text: string): readonly Assignment[] {
  const now = transition.initial().hosts.map((host) => bins.of(host));
  return text
    .split(" ")
    .filter(Boolean)
    .map((each) => {
      const [name, host] = each.split(":");
      const slot = slotOf(transition.problem, host!);
      const demand = precedence.demandOf(powerOnOf(transition.problem, name!))!;
      const [next] = bins.place(now[slot]!, demand);
      now[slot] = next!;
      return { slot, demand: demand.index, next: next! };
    });
}

const [a, b, d] = [vm("a", "A"), vm("b", "A"), vm("d", "A,A")];
const batch = (hosts: string, ...vms: readonly PlanVm[]): Updates => ({ hosts, vms });

describe("puts VMs where they are assigned", () => {
  test.each<[title: string, updates: Updates, assignments: string, may: readonly string[], put: boolean, allOn: boolean]>([
    ["nobody", batch("h1[A]"), "", [], true, true],
    ["nobody of somebody", batch("h1[A]", a), "", ["a"], true, false],
    ["everyone", batch("h1[A*2]", a, b), "a:h1 b:h1", ["a", "b"], true, true],
    [
      "who waits comes after, whatever the order of the assignments",
      batch("h1[A*3]", vm("a", "A", after("d")), d),
      "a:h1 d:h1",
      ["a", "d"],
      true,
      true,
    ],
    ["who may not come leaves a wish open", batch("h1[A*3]", a, d), "a:h1 d:h1", ["a"], false, false],
    ["who waits for one that may not come waits for ever", batch("h1[A*3]", vm("a", "A", after("d")), d), "a:h1", ["a"], false, false],
    [
      "who takes nothing comes where others wait for it",
      batch("h1[A]", vm("n", ""), vm("a", "A", after("n"))),
      "a:h1",
      ["n", "a"],
      true,
      true,
    ],
  ])("%s", (_, updates, assignments, may, put, allOn) => {
    const parts = partsOf(updates);
    const { transition, bins } = parts;
    const steps = new Set(may.map((name) => powerOnOf(transition.problem, name).index));
    const schedule = new Schedule(transition, bins);
    expect(schedule.put(assigned(parts, assignments), ({ index }) => steps.has(index))).toBe(put);
    expect(schedule.isAllOn).toBe(allOn);
  });

  test("a release that it may use comes as soon as it can", () => {
    const parts = partsOf({ hosts: "h1[A]", runs: [running("r", "h1", [0])], vms: [vm("r", "A", { action: "delete" }), b] });
    const { transition, bins, cuts } = parts;
    const end = cuts.together([cuts.places[0]!.cuts.at(-1)!]).hosts;
    const step = powerOnOf(transition.problem, "b");
    const demand = bins.demandOf(transition.problem.classes[step.vmClass!]!)!;
    const assignment = { slot: 0, demand: demand.index, next: bins.place(end[0]!, demand)[0]! };
    expect(new Schedule(transition, bins).put([assignment], () => true, end)).toBe(true);
    // Without it there is no device.
    expect(new Schedule(transition, bins).put([assignment], ({ kind }) => kind === "power-on", end)).toBe(false);
  });
});

describe("tries one that is refused", () => {
  test.each<[title: string, updates: Updates, assignments: string, refused: boolean]>([
    ["who fits is not refused", batch("h1[A]", a), "", false],
    ["one who has no place", batch("h1[A*2]", a, d), "a:h1", true],
    ["one whose time has not come", batch("h1[A]", vm("d", "A,A", after("a")), a), "", false],
  ])("%s", (_, updates, assignments, refused) => {
    const parts = partsOf(updates);
    const { transition, bins } = parts;
    const schedule = new Schedule(transition, bins);
    schedule.put(assigned(parts, assignments), () => true);
    expect(schedule.refuse(powerOnOf(transition.problem, updates.vms.at(assignments ? -1 : 0)!.label), undefined)).toBe(refused);
  });

  test("all but the last, and the rest wherever it goes", () => {
    const { transition, bins } = partsOf(batch("h1[A*2]", a, b, d));
    const last = powerOnOf(transition.problem, "d");
    const schedule = new Schedule(transition, bins);
    expect(schedule.allBut(last, (index) => index === last.index)).toBe(true);
    expect(schedule.pendingOf(last)).toBe(1);
    expect(schedule.finish().map(({ outcome }) => outcome.worked)).toEqual([true, true, false]);
  });
});

import { Budget } from "../../../lib/engine/packing/budget";
import { Blockade } from "../../../lib/engine/packing/blockade";
import { Cut } from "../../../lib/engine/power-on/cuts";
import { binsOfAll, OpenCuts } from "../../../lib/engine/power-on/open-cuts";
import { running, vm } from "../../reference/notation";
import { powerOnOf } from "../compiled";
import { partsOf, Updates } from "./notation";

const r = running("r", "h1", [0]);
const DELETE = { action: "delete" } as const;
const [a, v] = [vm("a", "A"), vm("v", "A")];

/** At how many cuts it is open whether `v` can be kept out by the others. */
const TABLE: readonly (readonly [title: string, updates: Updates, open: number])[] = [
  // Two devices once r is gone, one before; nobody else takes any.
  ["a device is free before and after", { hosts: "h1[A*2]", runs: [r], vms: [vm("r", "A", DELETE), v] }, 0],
  ["before the deletion there is none", { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", DELETE), v] }, 1],
  ["one more before the deletion takes the only one", { hosts: "h1[A*2]", runs: [r], vms: [vm("r", "A", DELETE), v, a] }, 1],
  ["one more has a device of its own", { hosts: "h1[A*3]", runs: [r], vms: [vm("r", "A", DELETE), v, a] }, 0],
  ["two more take both, before and after", { hosts: "h1[A*2]", runs: [r], vms: [vm("r", "A", DELETE), v, a, vm("b", "A,A")] }, 2],
];

function asked(updates: Updates, limit: number): readonly (Cut | "open")[] {
  const { transition, bins, precedence, cuts } = partsOf(updates);
  const step = powerOnOf(transition.problem, "v");
  const victim = precedence.demandOf(step)!;
  const all = precedence.countOf(precedence.powerOns);
  const blockade = new Blockade(bins, victim, all, new Budget(100_000));
  const prices = blockade.pricesFor(binsOfAll(cuts).filter((bin) => bins.fits(bin, victim)));
  const closed = cuts.start.map((_, slot) => slot);
  const counts = all.map((count, demand) => (demand === victim.index ? count - 1 : count));
  const query = { needs: 0, before: cuts.before(step), closed, supply: [{ needs: 0, counts }] };
  return [...new OpenCuts(cuts, prices, new Budget(limit)).of(query)];
}

test.each(TABLE)("the cuts at which prices leave it open whether a VM is kept out: %s", (_, updates, count) => {
  expect(asked(updates, 100_000).length).toBe(count);
});

test("a limit that is reached says so, where prices don't prove it at once", () => {
  const updates = (hosts: string): Updates => ({ hosts, runs: [r], vms: [vm("r", "A", DELETE), v] });
  expect(asked(updates("h1[A]"), 0)).toEqual(["open"]);
  expect(asked(updates("h1[A*2]"), 0)).toEqual([]);
});

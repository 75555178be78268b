import { Cuts } from "../../../lib/engine/power-on/cuts";
import { known } from "../../../lib/model";
import { after, change, running, vm } from "../../reference/notation";
import { slotOf } from "../compiled";
import { partsOf, Updates } from "./notation";

const REBOOT = { action: "reboot" } as const;
const DELETE = { action: "delete" } as const;
const r = running("r", "h1", [0]);
const q = running("q", "h1", [1]);
const disable = change("x", "h1", 0, { enabled: known(false) });
const label = change("x", "h1", 0, { hardwareLabel: known("Training") });

/** By host at which something happens, how many different things it can have by then; and whether all can have happened. */
const TABLE: readonly (readonly [title: string, updates: Updates, cuts: readonly number[], whole: boolean])[] = [
  ["creations alone", { hosts: "h1[A]", vms: [vm("v", "A")] }, [], true],
  ["one release: before it, and after", { hosts: "h1[A*2]", runs: [r], vms: [vm("r", "A", REBOOT)] }, [2], true],
  [
    "two at one host: each with or without the other",
    { hosts: "h1[A*2]", runs: [r, q], vms: [vm("r", "A", REBOOT), vm("q", "A", DELETE)] },
    [4],
    true,
  ],
  [
    "two at two hosts",
    { hosts: "h1[A] h2[A]", runs: [r, running("p", "h2", [0])], vms: [vm("r", "A", REBOOT), vm("p", "A", DELETE)] },
    [2, 2],
    true,
  ],
  // Before, with the label, and with it too late for who has the device.
  ["a device that gets a label", { hosts: "h1[A]", vms: [vm("v", "T"), vm("w", "A")], changes: [label] }, [3], true],
  // Whether the disabling was refused or came first: there is a device, or none.
  [
    "a held device that is to be disabled",
    { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", DELETE), vm("v", "A")], changes: [disable] },
    [5],
    true,
  ],
  [
    "E30: a create-first replacement that has no room never gives back",
    { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", { action: "replace-create-first" })] },
    [2],
    false,
  ],
  ["with room it does", { hosts: "h1[A*2]", runs: [r], vms: [vm("r", "A", { action: "replace-create-first" })] }, [2], true],
];

test.each(TABLE)("cuts: %s", (_, updates, count, whole) => {
  const { cuts } = partsOf(updates);
  expect(cuts.places.map((place) => place.cuts.length)).toEqual(count);
  expect(cuts.isReachable(cuts.whole)).toBe(whole);
  expect(cuts.isReachable(0)).toBe(true);
});

test("a limit that is reached claims no set of steps unreachable", () => {
  const { cuts } = partsOf({ hosts: "h1[A] h2[A]", runs: [r], vms: [vm("a", "A,A"), vm("r", "A", { action: "replace-create-first", ...after("a") })] }, 0); // prettier-ignore
  // Counting proves without work: two devices on one host are not there.
  expect(cuts.isReachable(cuts.whole)).toBe(false);
  const room = partsOf({ hosts: "h1[A] h2[A]", runs: [r], vms: [vm("r", "A", { action: "replace-create-first" })] }, 0).cuts;
  expect(room.isReachable(room.whole)).toBe(true);
});

test("what waits for what: a release that waits for another can't come first", () => {
  const { cuts, precedence } = partsOf({
    hosts: "h1[A*2]",
    runs: [r, q],
    // What is destroyed waits for its dependents to be destroyed.
    vms: [vm("r", "A", DELETE), vm("q", "A", { ...DELETE, ...after("r") })],
  });
  const bit = (name: string): number => 1 << precedence.steps.findIndex(({ id }) => id.endsWith(`.${name}`));
  expect(cuts.isReachable(bit("q"))).toBe(true);
  expect(cuts.isReachable(bit("r"))).toBe(false);
  expect(cuts.neededBy(bit("r"))).toBe(bit("q"));
  expect([...cuts.stepsOf(cuts.whole)].length).toBe(2);
});

test("more releases than are looked at are left to a search", () => {
  const names = Array.from({ length: 25 }, (_, index) => `r${index}`);
  const updates = (count: number): Updates => ({
    hosts: "h1[A*25]",
    runs: names.map((name, index) => running(name, "h1", [index])),
    vms: names.slice(0, count).map((name) => vm(name, "A", DELETE)),
  });
  // Eleven at one host make 2048 cuts there.
  const { transition, bins, precedence, packing } = partsOf(updates(11));
  expect(Cuts.of(transition, bins, precedence, new Set(), packing)).toBeUndefined();
  expect(partsOf(updates(10)).cuts.places[0]!.slot).toBe(slotOf(partsOf(updates(10)).transition.problem, "h1"));
});

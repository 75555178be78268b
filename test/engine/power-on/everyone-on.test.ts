import { EveryoneOn } from "../../../lib/engine/power-on/everyone-on";
import { known } from "../../../lib/model";
import { after, change, running, vm } from "../../reference/notation";
import { partsOf, Updates } from "./notation";

const r = running("r", "h1", [0]);
const label = (more = {}) => change("x", "h1", 0, { hardwareLabel: known("Training"), ...more });

/** Whether some order brings about everything, and in how many steps. */
const TABLE: readonly (readonly [title: string, updates: Updates, steps: number | "never"])[] = [
  ["a deletion", { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", { action: "delete" })] }, 1],
  ["a reboot on a full host", { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", { action: "reboot" })] }, 2],
  [
    "E29: a creation takes the device of the one that reboots",
    { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", { action: "reboot" }), vm("b", "A")] },
    "never",
  ],
  ["E29: with a device more", { hosts: "h1[A] h2[A]", runs: [r], vms: [vm("r", "A", { action: "reboot" }), vm("b", "A")] }, 3],
  ["E30: create-first on a full host", { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", { action: "replace-create-first" })] }, "never"],
  ["E30: destroy-first", { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", { action: "replace-destroy-first" })] }, 2],
  ["E38: the deletion first", { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", { action: "delete" }), vm("b", "A")] }, 2],
  [
    "the deletion waits for who needs the device",
    { hosts: "h1[A]", runs: [r], vms: [vm("r", "A", { action: "replace-create-first" }), vm("b", "A", after("r"))] },
    "never",
  ],
  ["E34: the label first", { hosts: "h1[A]", vms: [vm("v", "T")], changes: [label()] }, 2],
  ["the label comes after who wants it", { hosts: "h1[A]", vms: [vm("v", "T"), vm("w", "")], changes: [label(after("v"))] }, "never"],
  [
    "who wants none takes the device before or after",
    { hosts: "h1[A]", vms: [vm("v", "A"), vm("w", "T", { action: "create" })], changes: [label()] },
    "never",
  ],
];

test.each(TABLE)("everyone on: %s", (_, updates, steps) => {
  const { transition, bins, precedence, cuts, packing } = partsOf(updates);
  const { path } = new EveryoneOn(transition, bins, precedence, cuts, packing);
  expect(typeof path === "object" ? path.length : path).toBe(steps);
  if (typeof path !== "object") return;
  const { pending, off } = path.at(-1)!.outcome.state;
  expect([...pending, ...off].every((count) => count === 0)).toBe(true);
});

test.each(TABLE)("a limit that is reached says less, never else: %s", (_, updates, steps) => {
  for (const limit of [0, 1, 2, 3, 5, 8]) {
    const { transition, bins, precedence, cuts, packing } = partsOf(updates, limit);
    const { path } = new EveryoneOn(transition, bins, precedence, cuts, packing);
    expect(["open", steps]).toContain(typeof path === "object" ? path.length : path);
  }
});

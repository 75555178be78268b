import { Blockade } from "../../../lib/engine/packing/blockade";
import { Budget } from "../../../lib/engine/packing/budget";
import { BlockadeAtCut } from "../../../lib/engine/power-on/blockade-at-cut";
import { PlanVm } from "../../../lib/model";
import { after, running, vm } from "../../reference/notation";
import { powerOnOf } from "../compiled";
import { partsOf } from "./notation";

const [a, b] = [vm("a", "A"), vm("b", "A")];

/** `r` holds the first device and is deleted; whether `v` can be refused before and after that. */
const TABLE: readonly (readonly [title: string, host: string, vms: readonly PlanVm[], before: string, after: string])[] = [
  ["nobody else, no device but that", "h1[A]", [vm("v", "A")], "refused", "never"],
  ["nobody else, and a device", "h1[A*2]", [vm("v", "A")], "never", "never"],
  ["one other takes the free device", "h1[A*2]", [vm("v", "A"), a], "refused", "never"],
  ["two others take both", "h1[A*2]", [vm("v", "A"), a, b], "refused", "refused"],
  ["who waits for it is not in its way", "h1[A*2]", [vm("v", "A"), vm("a", "A", after("v"))], "never", "never"],
  ["who it waits for has to be on", "h1[A*2]", [vm("v", "A", after("a")), a], "refused", "never"],
  ["who waits for another comes with it", "h1[A*3]", [vm("v", "A"), vm("a", "A", after("b")), b], "refused", "never"],
];

function asked(host: string, vms: readonly PlanVm[], limit: number): readonly string[] {
  const runs = [running("r", "h1", [0])];
  const { transition, bins, precedence, cuts } = partsOf({ hosts: host, runs, vms: [vm("r", "A", { action: "delete" }), ...vms] });
  const step = powerOnOf(transition.problem, "v");
  const others = precedence.powerOns.filter(({ index }) => index !== step.index && !precedence.ancestors[index]!.has(step.index));
  const ever = precedence.countOf(precedence.powerOns);
  return cuts.places[0]!.cuts.map((way) => {
    const blockade = new Blockade(bins, precedence.demandOf(step)!, ever, new Budget(limit));
    const answer = new BlockadeAtCut(transition, bins, precedence, cuts, blockade, step, others).at(cuts.together([way]), [0]);
    if (typeof answer === "string") return answer;
    // What is shown is a path of the transition on which `v` itself is refused.
    const refused = answer().filter(({ outcome }) => outcome.step === step.index && !outcome.worked);
    return refused.length > 0 ? "refused" : "nothing";
  });
}

test.each(TABLE)("a VM is kept out at a cut: %s", (_, host, vms, before, afterwards) => {
  expect(asked(host, vms, 100_000)).toEqual([before, afterwards]);
});

test.each(TABLE)("a limit that is reached says less, never else: %s", (_, host, vms, before, afterwards) => {
  for (const limit of [0, 1, 2, 3, 5, 8]) {
    const found = asked(host, vms, limit);
    expect(found.map((each, at) => (each === "open" ? [before, afterwards][at] : each))).toEqual([before, afterwards]);
  }
});

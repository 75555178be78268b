import { ruleRefuses } from "../../../lib/engine/compile/problem";
import { hosts, running, vm } from "../../reference/notation";
import { classOf } from "../compiled";
import { problemOf } from "./problem-of";

test.each<[title: string, type: "separate" | "together", here: readonly string[], elsewhere: readonly string[], refuses: boolean]>([
  ["apart, nobody there", "separate", [], ["r"], false],
  ["apart, one there", "separate", ["r"], [], true],
  ["apart, one there that is under no rule", "separate", ["s"], [], false],
  ["apart from itself, which is being replaced", "separate", ["v"], [], false],
  ["together, nobody anywhere", "together", [], [], false],
  ["together, one there", "together", ["r"], [], false],
  ["together, one elsewhere", "together", [], ["r"], true],
  ["together, one elsewhere that is under no rule", "together", [], ["s"], false],
])("a VM-VM rule refuses: %s", (_, type, here, elsewhere, refuses) => {
  const rule = { name: "x", vms: ["v", "r"], type, mandatory: true, source: { file: "notation", line: 1 } };
  const of = { hosts: hosts("h1[A*4]"), vms: [running("r", "h1", [0]), running("s", "h1", [1])], vmRules: [rule] };
  const problem = problemOf(of, [vm("v", "A")]);
  const classes = (names: readonly string[]): readonly number[] => names.map((name) => classOf(problem, name).index);
  expect(ruleRefuses(problem, 0, classOf(problem, "v"), classes(here), () => [classes(elsewhere)])).toBe(refuses);
});

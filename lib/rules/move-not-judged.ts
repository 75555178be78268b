import { notesOf } from "./facts/notes";
import { Rule } from "./rule";

export const moveNotJudged: Rule = {
  id: "move-not-judged",
  severity: "error",
  title: "a plan moves a running VM to another cluster or host",
  explanation: "A VM with passthrough devices can't be moved while it runs. To another host it is a warning, to another cluster an error.",
  fix: "a VM with passthrough devices can't be moved while it runs: replace it, or move it first",
  check: (facts) => notesOf(facts, "move-not-judged"),
};

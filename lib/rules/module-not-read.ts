import { notesOf } from "./facts/notes";
import { Rule } from "./rule";

export const moduleNotRead: Rule = {
  id: "module-not-read",
  severity: "error",
  title: "a module hides its VMs",
  explanation: "A configuration names a module's source, not what is in it, so that its VMs can't be judged.",
  fix: "give a plan, which has them (`terraform show -json PLAN > plan.json`), or put its VMs into the stack itself",
  check: (facts) => notesOf(facts, "module-not-read"),
};

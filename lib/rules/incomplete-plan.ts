import { notesOf } from "./facts/notes";
import { Rule } from "./rule";

export const incompletePlan: Rule = {
  id: "incomplete-plan",
  severity: "error",
  title: "a Terraform plan leaves something out",
  explanation: "With -target, or where Terraform puts something off, a plan does not have all that will happen: the rest is not judged.",
  fix: "make the plan without -target",
  check: (facts) => notesOf(facts, "incomplete-plan"),
};

import { notesOf } from "./facts/notes";
import { Rule } from "./rule";

export const moduleNotRead: Rule = {
  id: "module-not-read",
  severity: "error",
  title: "a module is not at hand, and its VMs are not judged",
  explanation:
    "Modules in folders beside the stack are read, others where `terraform init` put them. What a module that is neither has in it can't be judged.",
  fix: "run `terraform init` in the stack's folder, which brings its modules, or give a plan, which has them (`terraform show -json PLAN > plan.json`)",
  check: (facts) => notesOf(facts, "module-not-read"),
};

import { notesOf } from "./facts/notes";
import { Rule } from "./rule";

export const undeclaredVariable: Rule = {
  id: "undeclared-variable",
  severity: "note",
  title: "a file gives a value for a variable that no stack declares",
  explanation:
    "The value changes nothing. It may be meant for another stack, or its name may be misspelt. On the command line it is a mistake, as Terraform has it.",
  fix: "check the name of the variable",
  check: (facts) => notesOf(facts, "undeclared-variable"),
};

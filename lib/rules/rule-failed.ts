import { Rule } from "./rule";

export const ruleFailed: Rule = {
  id: "rule-failed",
  severity: "error",
  title: "a rule failed",
  explanation: "What the rule looks for is then not known, so that the gate does not pass. The other rules are not affected.",
  fix: "this is a bug of passthru: report it with the input that shows it",
  // Nothing that it looks for itself: the findings are made where another rule throws.
  check: () => [],
};

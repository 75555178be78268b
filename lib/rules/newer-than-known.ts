import { notesOf } from "./facts/notes";
import { Rule } from "./rule";

export const newerThanKnown: Rule = {
  id: "newer-than-known",
  severity: "note",
  title: "a resource type or an argument is none that is known of its provider",
  explanation:
    "What every argument of the vSphere provider 2.16.1 does is decided in one table. What is newer, or misspelled, is not judged: a " +
    "warning where it is about a VM; where it names a cluster, host or resource pool of the inventory, that cluster is unknown.",
  fix: "look up in the provider's documentation whether it decides where VMs start; a newer version of this package may know it",
  check: (facts) => notesOf(facts, "newer-than-known"),
};

import { counted, listing } from "../model";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const leftOut: Rule = {
  id: "left-out",
  severity: "note",
  title: "existing VMs that the inventory does not run are left out",
  explanation:
    "A plan knows VMs that the inventory does not. Those that ask for no device and reserve nothing change no verdict, but vCenter's " +
    "admission control counts them, too.",
  fix: "add them to the inventory, for numbers that count them",
  check: (facts) => {
    const found = remarksOf(facts, "left-out");
    return facts.judgement.clusters.flatMap((judged) => {
      const names = found.filter((each) => each.judged === judged).map(({ remark: { vm } }) => facts.nameOf(vm));
      if (names.length === 0) return [];
      const [exist, ask] = names.length === 1 ? ["exists and is", "asks"] : ["exist and are", "ask"];
      const message =
        `${counted(names.length, "VM")} ${exist} not in the inventory: ${listing(names)} ${ask} for no devices and ` +
        `${names.length === 1 ? "reserves nothing, and is" : "reserve nothing, and are"} left out`;
      return [{ ...facts.placeOf(judged), message }];
    });
  },
};

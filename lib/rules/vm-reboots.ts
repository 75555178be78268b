import { counted, groupBy, listing } from "../model";
import { few } from "../wording";
import { Facts } from "./facts/facts";
import { placeOfAll } from "./facts/fold";
import { Remarked, remarksOf } from "./facts/remarks";
import { Hit, Rule } from "./rule";

/** So many different reasons are told of one cluster. */
const SHOWN = 4;

type Reboot = Remarked<{ readonly vm: string; readonly by: readonly string[] }>;

export const vmReboots: Rule = {
  id: "vm-reboots",
  severity: "note",
  title: "the apply reboots a VM that runs",
  explanation:
    "The vSphere provider shuts a VM down, reconfigures it and starts it again, unless everything that an update changes is known to " +
    "change live; Terraform's plan calls it an update in place. The VM gives its devices up and has to win them again, which the verdict " +
    "has judged. Here are the VMs and the arguments that need it.",
  fix: "apply while these VMs may be down, or leave the arguments as they are",
  check: (facts) => [...groupBy(remarksOf(facts, "reboots"), ({ judged }) => judged.name).values()].map((all) => hitOf(facts, all)),
};

function hitOf(facts: Facts, all: readonly Reboot[]): Hit {
  const places = all.map(({ judged, remark }) => facts.placeOf(judged, remark.vm));
  const groups = [...groupBy(all, ({ remark: { by } }) => listing(by))];
  const told = groups
    .slice(0, SHOWN)
    .map(([by, alike]) => `${few(alike.map(({ remark }) => facts.nameOf(remark.vm)))} (${by || "what changes is not known yet"})`);
  const others = groups.slice(SHOWN).flatMap(([, alike]) => alike);
  const more = others.length > 0 ? [`${others.length} more for other arguments`] : [];
  return {
    ...placeOfAll(places),
    vms: all.map(({ remark }) => remark.vm),
    message: `the apply reboots ${counted(all.length, "running VM")}: ${[...told, ...more].join("; ")}`,
  };
}

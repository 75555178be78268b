import { DynamicRequest, listing, matchesId, quoted } from "../model";
import { knownRequests, startsFirst } from "./facts/asks";
import { Facts, PlacedVm } from "./facts/facts";
import { groupBy, namesOf, placeOfAll } from "./facts/fold";
import { PlacedChange } from "./facts/placed-changes";
import { stacksBefore } from "./facts/stack-order";
import { Hit, Rule } from "./rule";

export const labelNotOrdered: Rule = {
  id: "label-not-ordered",
  severity: "warning",
  title: "a VM asks for a hardware label that the same plan sets, and does not wait for it",
  explanation:
    "Terraform may start the VM before the device has the label. The VM then finds fewer devices than the plan makes, or none. A note " +
    "where power-on is guaranteed nevertheless.",
  example: 'train-4 asks for the label "Training" and does not wait for passthru_host_device.gpu, which sets it',
  fix: "let the VM depend on the passthru_host_device (depends_on), or its stack on the one that labels the device",
  check: (facts) => facts.clusters.flatMap(({ cluster, vms }) => hitsOf(facts, cluster.name, vms)),
};

interface Unordered {
  readonly placed: PlacedVm;
  readonly label: string;
  readonly changes: readonly PlacedChange[];
}

function hitsOf(facts: Facts, cluster: string, vms: readonly PlacedVm[]): readonly Hit[] {
  const setting = groupBy(facts.changes.filter((each) => each.cluster?.name === cluster && setsLabel(each)), newLabel);
  if (setting.size === 0) return [];
  const before = stacksBefore(facts.plan);
  const unordered = vms.filter(startsFirst).flatMap((placed) => unorderedLabels(placed, setting, before(placed.vm.stack)));
  const alike = groupBy(unordered, ({ label, changes }) => JSON.stringify([label, changes.map(({ change }) => change.address)]));
  const guaranteed = facts.judgement.clusters.some(({ name, powerOn }) => name === cluster && powerOn.verdict === "guaranteed");
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const one = group.length === 1;
    const names = namesOf(facts, group.map(({ placed }) => placed));
    const setters = listing(first.changes.map(({ change }) => change.address));
    const waits = `${one ? "does" : "do"} not wait for ${setters}, which ${first.changes.length === 1 ? "sets" : "set"} it`;
    const message = `${names} ${one ? "asks" : "ask"} for the label ${quoted(first.label)} and ${waits}`;
    return [{ ...placeOfAll(group.map(({ placed }) => placed.place)), message, ...(guaranteed && { severity: "note" as const }) }];
  });
}

function newLabel({ change }: PlacedChange): string {
  return (change.hardwareLabel?.known ? change.hardwareLabel.value : undefined) ?? "";
}

/** It gives its device a label that it does not have yet. */
function setsLabel(placed: PlacedChange): boolean {
  const label = newLabel(placed);
  return label !== "" && placed.change.action !== "none" && placed.device !== undefined && placed.device.label !== label;
}

function unorderedLabels(
  placed: PlacedVm,
  setting: ReadonlyMap<string, readonly PlacedChange[]>,
  stacks: ReadonlySet<string>,
): readonly Unordered[] {
  const requests = knownRequests(placed).filter((request) => request.kind === "dynamic" && setting.has(request.label ?? ""));
  if (requests.length === 0) return [];
  const waitsFor = new Set(placed.vm.dependsOn);
  return [...groupBy(requests as readonly DynamicRequest[], ({ label }) => label ?? "")].flatMap(([label, asked]) => {
    const changes = (setting.get(label) ?? []).filter(({ change, device }) => {
      const isWanted = device !== undefined && asked.some(({ allowed }) => matchesId(allowed, device.id) !== false);
      return isWanted && !waitsFor.has(change.address) && !stacks.has(change.stack);
    });
    return changes.length === 0 ? [] : [{ placed, label, changes }];
  });
}

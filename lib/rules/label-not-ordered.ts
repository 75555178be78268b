import { DEVICE_CHANGE_ACTIONS, DynamicRequest, groupBy, listing, matchesId, pickRequests, quoted } from "../model";
import { knownRequests, startsFirst } from "./facts/asks";
import { Facts, PlacedVm } from "./facts/facts";
import { namesOf, placeOfAll } from "./facts/fold";
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
  fix: "let the VM depend on the passthru_host_device (depends_on), or its stack on the one that labels the device",
  check: (facts) => facts.clusters.flatMap(({ cluster, vms }) => hitsOf(facts, cluster.name, vms)),
};

interface Unordered {
  readonly placed: PlacedVm;
  readonly label: string;
  /** The changes that it does not wait for, in words, and with their verb. */
  readonly setters: string;
}

function hitsOf(facts: Facts, cluster: string, vms: readonly PlacedVm[]): readonly Hit[] {
  const setting = groupBy(
    facts.changes.filter((each) => each.cluster?.name === cluster && setsLabel(each)),
    newLabel,
  );
  if (setting.size === 0) return [];
  const wanted = wantedChanges(setting);
  const before = stacksBefore(facts.plan);
  const unordered = vms.filter(startsFirst).flatMap((placed) => unorderedLabels(placed, wanted, before(placed.vm.stack)));
  const alike = groupBy(unordered, ({ label, setters }) => JSON.stringify([label, setters]));
  const guaranteed = facts.judgement.clusters.some(({ name, powerOn }) => name === cluster && powerOn.verdict === "guaranteed");
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const waiting = [...new Set(group.map(({ placed }) => placed))];
    const one = waiting.length === 1;
    const names = namesOf(facts, waiting);
    const asks = `${names} ${one ? "asks" : "ask"} for the label ${quoted(first.label)}`;
    const message = `${asks} and ${one ? "does" : "do"} not wait for ${first.setters}`;
    return [{ ...placeOfAll(waiting.map(({ place }) => place)), message, ...(guaranteed && { severity: "note" as const }) }];
  });
}

function newLabel({ change }: PlacedChange): string {
  return (change.hardwareLabel?.known ? change.hardwareLabel.value : undefined) ?? "";
}

/** It gives its device a label that it does not have yet. */
function setsLabel(placed: PlacedChange): boolean {
  const label = newLabel(placed);
  return (
    label !== "" && DEVICE_CHANGE_ACTIONS[placed.change.action].isEvent && placed.device !== undefined && placed.device.label !== label
  );
}

const NONE: readonly PlacedChange[] = [];

type WantedChanges = (request: DynamicRequest) => readonly PlacedChange[];

/** The changes that give the request's label to a device that it allows. Most VMs ask for the same, so each request is looked up once. */
function wantedChanges(setting: ReadonlyMap<string, readonly PlacedChange[]>): WantedChanges {
  const found = new Map<string, readonly PlacedChange[]>();
  return ({ label, allowed }) => {
    const labelling = setting.get(label ?? "");
    if (labelling === undefined) return NONE;
    const key = JSON.stringify([label, allowed]);
    const known = found.get(key);
    if (known !== undefined) return known;
    const changes = labelling.filter(({ device }) => device !== undefined && matchesId(allowed, device.id) !== false);
    found.set(key, changes.length === 0 ? NONE : changes);
    return changes.length === 0 ? NONE : changes;
  };
}

function unorderedLabels(placed: PlacedVm, wanted: WantedChanges, stacks: ReadonlySet<string>): readonly Unordered[] {
  const labelled = pickRequests(knownRequests(placed), { dynamic: true, static: false });
  // Equal requests have one list of changes between them.
  const lists = new Map(labelled.map((request) => [wanted(request), request.label ?? ""]));
  lists.delete(NONE);
  if (lists.size === 0) return [];
  const waitsFor = new Set(placed.vm.dependsOn);
  return [...lists].flatMap(([changes, label]) => {
    const open = changes.filter(({ change }) => !waitsFor.has(change.address) && !stacks.has(change.stack));
    if (open.length === 0) return [];
    const setters = `${listing(open.map(({ change }) => change.address))}, which ${open.length === 1 ? "sets" : "set"} it`;
    return [{ placed, label, setters }];
  });
}

import { groupBy, listing, nearMiss, quoted } from "../model";
import { Facts } from "./facts/facts";
import { placeOfAll } from "./facts/fold";
import { PlacedChange } from "./facts/placed-changes";
import { Hit, Rule } from "./rule";

export const unknownDevice: Rule = {
  id: "unknown-device",
  severity: "error",
  title: "a passthru_host_device is about a host or a device that the inventory does not declare",
  explanation:
    "The change can't be judged, so that what it does to the VMs is not known. A warning where the inventory only counts the host's " +
    "devices: their addresses are made up, so that none of them can be told to be the one that is changed.",
  fix: "declare the device in the inventory by its address, or correct host_system_id and pci_id",
  check: (facts) => {
    const onUndeclaredHosts = facts.changes.filter((placed) => hasUndeclaredHost(facts, placed));
    const undeclared = facts.changes.filter(hasUndeclaredDevice);
    return [
      ...[...groupBy(onUndeclaredHosts, hostText).values()].flatMap((changes) => undeclaredHost(facts, changes)),
      ...[...groupBy(undeclared, hostText).values()].flatMap((changes) => undeclaredDevices(facts, changes)),
    ];
  },
};

/** A host by its id can be told to be none of the inventory's only where all of those declare theirs. */
function hasUndeclaredHost({ inventory }: Facts, { change, host }: PlacedChange): boolean {
  if (host !== undefined || !change.host.known) return false;
  return change.host.value.by === "name" || inventory.clusters.every(({ hosts }) => hosts.every(({ id }) => id !== undefined));
}

function hasUndeclaredDevice({ change, host, device }: PlacedChange): boolean {
  return host !== undefined && change.pciAddress.known && device?.addressDeclared !== true;
}

/** The host as the plan, or where it is declared the inventory, names it. */
function hostText({ change, cluster, host }: PlacedChange): string {
  if (cluster && host) return JSON.stringify([cluster.name, host.name]);
  return change.host.known ? (change.host.value.by === "name" ? change.host.value.name : change.host.value.id) : "";
}

function undeclaredHost({ inventory }: Facts, changes: readonly PlacedChange[]): readonly Hit[] {
  const [first] = changes;
  if (first === undefined) return [];
  const name = hostText(first);
  const meant = nearMiss(
    name,
    inventory.clusters.flatMap(({ hosts }) => hosts.map((host) => host.name)),
  );
  const suggestion = meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
  const message = `the inventory does not declare the host ${quoted(name)}, of which ${owners(changes)} devices${suggestion}`;
  return [{ ...placeOfAll(changes.map(({ place }) => place)), message }];
}

function owners(changes: readonly PlacedChange[]): string {
  return `${listing(changes.map(({ change }) => change.address))} ${changes.length === 1 ? "changes" : "change"}`;
}

function undeclaredDevices({ hostName }: Facts, changes: readonly PlacedChange[]): readonly Hit[] {
  const host = changes[0]?.host;
  if (host === undefined) return [];
  const place = placeOfAll(changes.map((each) => each.place));
  const addresses = listing(changes.flatMap(({ change }) => (change.pciAddress.known ? [change.pciAddress.value] : [])));
  const subject = `${addresses} of ${hostName(host.name)} ${changes.length === 1 ? "is" : "are"} changed`;
  const declared = host.devices.filter(({ addressDeclared }) => addressDeclared).map(({ address }) => address);
  if (declared.length < host.devices.length) {
    return [{ ...place, severity: "warning", message: `${subject}, but the inventory counts the host's devices without their addresses` }];
  }
  const has = declared.length === 0 ? "it has no devices there" : `it has ${listing(declared)}`;
  return [{ ...place, message: `${subject}, but the inventory does not declare ${changes.length === 1 ? "it" : "them"}; ${has}` }];
}

import { Device, groupBy, listing, PciAddress, quoted } from "../model";
import { Facts } from "./facts/facts";
import { PlacedChange } from "./facts/placed-changes";
import { Hit, Rule } from "./rule";

export const multiFunctionDevice: Rule = {
  id: "multi-function-device",
  severity: "warning",
  title: "the functions of one device are left in different states or with different labels",
  explanation:
    "The functions of a card (domain:bus:slot, the same but for the last digit) are often passed through together or not at all. The " +
    "plan sets passthrough or the label of one, and another function of the same card ends up otherwise.",
  fix: "give every function of the card the same state and label, or check that the card's functions are independent",
  check: (facts) => {
    const changes = facts.changes.filter(({ change, device }) => change.pciAddress.known && device?.addressDeclared === true);
    const cards = groupBy(changes, ({ cluster, host, device }) => JSON.stringify([cluster?.name, host?.name, cardOf(device)]));
    return [...cards.values()].flatMap((changed) => hitsOf(facts, changed));
  },
};

function cardOf(device: Device | undefined): string {
  return device?.address.split(".")[0] ?? "";
}

/** What a function is after the plan, as far as it is known. */
interface Outcome {
  readonly address: PciAddress;
  readonly enabled: boolean;
  readonly label?: string;
}

function hitsOf({ hostName }: Facts, changed: readonly PlacedChange[]): readonly Hit[] {
  const [first] = changed;
  if (first?.host === undefined) return [];
  const { host, device, place } = first;
  const functions = host.devices.filter((each) => each.addressDeclared && cardOf(each) === cardOf(device));
  const outcomes = functions.map((each) => outcomeOf(each, changed));
  if (outcomes.includes(undefined)) return [];
  const known = outcomes.filter((outcome) => outcome !== undefined);
  const set = known.find(({ address }) => address === device?.address);
  if (set === undefined) return [];
  const setsState = changed.some(({ change }) => change.enabled !== undefined);
  const setsLabel = changed.some(({ change }) => change.hardwareLabel !== undefined);
  const others = known.filter(({ enabled, label }) => (setsState && enabled !== set.enabled) || (setsLabel && label !== set.label));
  if (others.length === 0) return [];
  const describe = (outcome: Outcome): string => inWords(outcome, setsState, setsLabel);
  const rest = listing(others.map((other) => `${other.address} is ${describe(other)}`));
  return [{ ...place, message: `${set.address} of ${hostName(host.name)} is ${describe(set)}, but of the same card ${rest}` }];
}

/** Undefined where the plan sets something that is not known. */
function outcomeOf(device: Device, changed: readonly PlacedChange[]): Outcome | undefined {
  const change = changed.find((other) => other.device === device)?.change;
  const enabled = change?.enabled ?? { known: true, value: device.passthrough === "active" || device.passthrough === "pending-reboot" };
  const label = change?.hardwareLabel ?? { known: true, value: device.label };
  if (!enabled.known || !label.known) return undefined;
  return { address: device.address, enabled: enabled.value, ...(label.value === undefined ? {} : { label: label.value }) };
}

function inWords({ enabled, label }: Outcome, state: boolean, labels: boolean): string {
  const labelled = label === undefined ? "without a label" : `labelled ${quoted(label)}`;
  return [...(state ? [enabled ? "enabled" : "disabled"] : []), ...(labels ? [labelled] : [])].join(" and ");
}

import { counted, PowerOn, Sequence, Step } from "../model";
import { few, Names } from "./names";
import { refusalsInBrief } from "./refusals-in-brief";

const SHOWN_FIRST = 3;
const SHOWN_BEFORE_A_REFUSAL = 2;
const SHOWN_REFUSALS = 3;

/** A step by its number from 1, with what came of it in parts (`esx-01`, `4 devices`); or how many steps are not told here. */
export type ToldStep = { readonly number: number; readonly who: string; readonly outcome: readonly string[] } | { readonly hidden: string };

/** How a VM comes to be left off. Of a long sequence the beginning, the first refusals that differ, and what came just before them. */
export function stepsInWords({ steps }: Sequence, names: Names): readonly ToldStep[] {
  const told: ToldStep[] = [];
  let next = 0;
  for (const index of shownSteps(steps, names)) {
    told.push(...hiddenInWords(steps.slice(next, index)));
    told.push({ number: index + 1, who: whoDoes(steps[index]!, names), outcome: outcomeOf(steps[index]!, names) });
    next = index + 1;
  }
  return [...told, ...hiddenInWords(steps.slice(next))];
}

/** `an order that works: a, b then c`, where the order decides. */
export function workingOrderInWords({ verdict, succeeding }: PowerOn, names: Names): string | undefined {
  const order = (succeeding?.steps ?? []).filter(({ action }) => action === "power-on").map(({ vm }) => names.vm(vm));
  return verdict === "order-dependent" && order.length > 0 ? `an order that works: ${few(order, "then")}` : undefined;
}

function shownSteps(steps: readonly Step[], names: Names): readonly number[] {
  const indexes = [...steps.keys()];
  const refused = indexes.filter((index) => tellsNews(steps, index, names)).slice(0, SHOWN_REFUSALS);
  const before = refused.length > 0 ? indexes.slice(Math.max(0, refused[0]! - SHOWN_BEFORE_A_REFUSAL), refused[0]) : [];
  return [...new Set([...indexes.slice(0, SHOWN_FIRST), ...before, ...refused])].sort((a, b) => a - b);
}

/** A refusal for other reasons than the one before it. */
function tellsNews(steps: readonly Step[], index: number, names: Names): boolean {
  const [refused, before] = [steps[index]?.refused, steps[index - 1]?.refused];
  return refused !== undefined && (before === undefined || refusalsInBrief(before, names) !== refusalsInBrief(refused, names));
}

function hiddenInWords(hidden: readonly Step[]): readonly ToldStep[] {
  if (hidden.length === 0) return [];
  const refused = hidden.filter((step) => step.refused !== undefined).length;
  const also = refused === 0 ? "" : refused === hidden.length ? ", refused too" : `, ${refused} of them refused`;
  return [{ hidden: `${counted(hidden.length, "more step")}${also}` }];
}

const ACTIONS = { "power-on": "", "power-off": " powers off", delete: " is deleted", "set-device": " sets a device" } as const;

function whoDoes({ action, vm }: Step, names: Names): string {
  return names.vm(vm) + ACTIONS[action];
}

function outcomeOf({ host, devices = [], refused }: Step, names: Names): readonly string[] {
  if (refused !== undefined) return [`refused: ${refusalsInBrief(refused, names)}`];
  if (host === undefined) return [];
  return devices.length === 0 ? [names.host(host)] : [names.host(host), names.addresses(host, devices)];
}

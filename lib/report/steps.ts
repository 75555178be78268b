import { counted, PowerOn, Sequence, Step } from "../model";
import { align, wrap } from "./lines";
import { few, Names } from "./names";
import { refusalsInWords } from "./refusals";

const SHOWN_FIRST = 3;
const SHOWN_BEFORE_A_REFUSAL = 2;
const SHOWN_REFUSALS = 3;

/** How a VM comes to be left off, event by event, and an order that works where there is one. */
export function witnessLines({ verdict, failing, succeeding }: PowerOn, names: Names, columns: number): readonly string[] {
  const bad = failing === undefined ? [] : stepLines(failing, names, columns);
  const order = (succeeding?.steps ?? []).filter(({ action }) => action === "power-on").map(({ vm }) => names.vm(vm));
  const good = verdict === "order-dependent" && order.length > 0 ? `an order that works: ${few(order, "then")}` : undefined;
  return [...bad, ...(good === undefined ? [] : wrap(good, columns, "    ", "      "))];
}

/** Numbered. Of a long sequence the beginning, the first refusals that differ, and what came just before them. */
function stepLines({ steps }: Sequence, names: Names, columns: number): readonly string[] {
  const shown = shownSteps(steps, names);
  const digits = String(steps.length).length;
  const leads = align(shown.map((index) => ["  ", String(index + 1).padStart(digits), whoDoes(steps[index]!, names)]));
  const lines = shown.flatMap((index, i) => {
    const lead = `${leads[i]}  `;
    return [
      ...gapLines(steps.slice((shown[i - 1] ?? -1) + 1, index)),
      ...wrap(outcome(steps[index]!, names), columns, lead, " ".repeat(10)),
    ];
  });
  return [...lines, ...gapLines(steps.slice((shown.at(-1) ?? -1) + 1))].map((line) => line.trimEnd());
}

function shownSteps(steps: readonly Step[], names: Names): readonly number[] {
  const indexes = [...steps.keys()];
  const refused = indexes.filter((index) => tellsNews(steps, index, names)).slice(0, SHOWN_REFUSALS);
  const before = refused.length > 0 ? indexes.slice(Math.max(0, refused[0]! - SHOWN_BEFORE_A_REFUSAL), refused[0]) : [];
  return [...new Set([...indexes.slice(0, SHOWN_FIRST), ...before, ...refused])].sort((a, b) => a - b);
}

/** A refusal for other reasons than the one before it. */
function tellsNews(steps: readonly Step[], index: number, names: Names): boolean {
  const [step, before] = [steps[index], steps[index - 1]];
  return step?.refused !== undefined && (before?.refused === undefined || outcome(before, names) !== outcome(step, names));
}

function gapLines(hidden: readonly Step[]): readonly string[] {
  if (hidden.length === 0) return [];
  const refused = hidden.filter((step) => step.refused !== undefined).length;
  const also = refused === 0 ? "" : refused === hidden.length ? ", refused too" : `, ${refused} of them refused`;
  return [`    … ${counted(hidden.length, "more step")}${also}`];
}

const ACTIONS = { "power-on": "", "power-off": " powers off", delete: " is deleted", "set-device": " sets a device" } as const;

function whoDoes({ action, vm }: Step, names: Names): string {
  return names.vm(vm) + ACTIONS[action];
}

function outcome({ host, devices = [], refused }: Step, names: Names): string {
  if (refused !== undefined) return `refused: ${refusalsInWords(refused, names)}`;
  if (host === undefined) return "";
  return [names.host(host), devices.length === 0 ? "" : names.addresses(host, devices)].filter(Boolean).join("  ");
}

import { PowerOn, Sequence } from "../model";
import { Names, stepsInWords, workingOrderInWords } from "../wording";
import { align, wrap } from "./lines";

/** How a VM comes to be left off, event by event, and an order that works where there is one. */
export function witnessLines(powerOn: PowerOn, names: Names, columns: number): readonly string[] {
  const bad = powerOn.failing === undefined ? [] : stepLines(powerOn.failing, names, columns);
  const good = workingOrderInWords(powerOn, names);
  return [...bad, ...(good === undefined ? [] : wrap(good, columns, "    ", "      "))];
}

/** Numbered, with what comes of each step in a column of its own. */
function stepLines(sequence: Sequence, names: Names, columns: number): readonly string[] {
  const told = stepsInWords(sequence, names);
  const digits = String(sequence.steps.length).length;
  const leads = align(told.map((step) => ("hidden" in step ? [] : ["  ", String(step.number).padStart(digits), step.who])));
  const lines = told.flatMap((step, i) =>
    "hidden" in step ? [`    … ${step.hidden}`] : wrap(step.outcome.join("  "), columns, `${leads[i]}  `, " ".repeat(10)),
  );
  return lines.map((line) => line.trimEnd());
}

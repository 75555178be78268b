import { InputError, Lines, Mistake, quoted } from "../model";
import { evaluate, Evaluated, INVALID, TOO_LONG } from "./evaluate";
import { Expression, scan, ScannedBlock, ScannedBody } from "./scan";
import { HclValue, literalText } from "./template";

export interface HclFile {
  /** Turns every `at` below into a line and a column. */
  readonly lines: Lines;
  readonly body: HclBody;
}

export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclAttribute {
  readonly name: string;
  readonly at: number;
  readonly value: HclValue;
  readonly valueAt: number;
  /** Where the elements begin, if the value is written as a list. */
  readonly elementsAt: readonly number[];
}

export interface HclBlock {
  readonly type: string;
  readonly at: number;
  readonly labels: readonly HclLabel[];
  readonly body: HclBody;
}

export interface HclLabel {
  readonly text: string;
  readonly at: number;
}

/**
 * Reads an HCL text. Throws InputError with every mistake that can be told apart; what is not closed hides the rest of the file.
 * `maxLetters` bounds what is spent on expressions other than plain literals, about 10 microseconds a letter.
 */
export function parseHcl(file: string, text: string, maxLetters = 4_000_000): HclFile {
  const lines = new Lines(file, text);
  const scanned = scan(lines);
  const expressions = [...expressionsOf(scanned)];
  const values = evaluate(
    expressions.map(({ expression }) => expression.text),
    maxLetters,
  );
  const mistakes = expressions.flatMap(({ expression, isLabel }) => mistakesIn(expression, values.get(expression.text), isLabel, lines));
  if (mistakes.length > 0) throw new InputError(mistakes);
  return { lines, body: bodyOf(scanned, (expression) => values.get(expression.text) as HclValue) };
}

function* expressionsOf(body: ScannedBody): Generator<{ readonly expression: Expression; readonly isLabel: boolean }> {
  for (const { expression } of body.attributes) yield { expression, isLabel: false };
  for (const block of body.blocks) {
    for (const label of block.labels) if ("text" in label) yield { expression: label, isLabel: true };
    yield* expressionsOf(block.body);
  }
}

function mistakesIn(expression: Expression, value: Evaluated | undefined, isLabel: boolean, lines: Lines): Mistake[] {
  const place = lines.at(expression.at);
  if (value === INVALID) {
    return [{ ...place, message: `this value can't be read as HCL${hintFor(expression.text)}, found ${quoted(expression.text)}` }];
  }
  if (value === TOO_LONG) return [{ ...place, message: `too long or too many expressions to read, from ${quoted(expression.text)}` }];
  if (isLabel && typeof value === "string" && literalText(value) === undefined) {
    return [{ ...place, message: `a label can't hold an expression, found ${quoted(expression.text)}` }];
  }
  return [];
}

/** What people who know other notations write. */
function hintFor(text: string): string {
  if (text.startsWith("'")) return ": a string is written in double quotes";
  // As far as the message shows it.
  const holdsAnother = !/^[[{(]/.test(text) && /[\s,][A-Za-z_][\w-]* *=(?![=>])/.test(text.slice(0, 60));
  return holdsAnother ? ": each attribute is written on a line of its own, without a comma" : "";
}

function bodyOf(scanned: ScannedBody, valueOf: (expression: Expression) => HclValue): HclBody {
  return {
    attributes: scanned.attributes.map(({ name, at, expression }) => ({
      name,
      at,
      value: valueOf(expression),
      valueAt: expression.at,
      elementsAt: expression.elementsAt,
    })),
    blocks: scanned.blocks.map(({ type, at, labels, body }) => ({
      type,
      at,
      labels: labels.map((label) => labelOf(label, valueOf)),
      body: bodyOf(body, valueOf),
    })),
  };
}

function labelOf(label: ScannedBlock["labels"][number], valueOf: (expression: Expression) => HclValue): HclLabel {
  // A label is no template: `${` means itself.
  if ("name" in label) return { text: label.name, at: label.at };
  const value = valueOf(label) as string;
  return { text: literalText(value) ?? value, at: label.at };
}

import { InputError, Lines, Mistake, quoted } from "../model";
import { evaluate, INVALID } from "./evaluate";
import { Expression, scan, ScannedBlock, ScannedBody } from "./scan";
import { literalText } from "./template";

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
 * A value as Terraform's JSON syntax writes it: strings are templates, in which `${…}` is an expression and `$${` a literal `${`.
 * An expression that is no literal is a template of that expression alone. `literalText` tells the two apart.
 */
export type HclValue = string | number | boolean | null | readonly HclValue[] | { readonly [key: string]: HclValue };

/** Reads an HCL text. Throws InputError with every mistake that can be told apart; what is not closed hides the rest of the file. */
export function parseHcl(file: string, text: string): HclFile {
  const lines = new Lines(file, text);
  const scanned = scan(lines);
  const expressions = [...expressionsOf(scanned)];
  const values = evaluate(expressions.map(({ text: expression }) => expression));
  const mistakes = expressions.flatMap((expression) => mistakesIn(expression, values.get(expression.text), lines));
  if (mistakes.length > 0) throw new InputError(mistakes);
  return { lines, body: bodyOf(scanned, (expression) => values.get(expression.text) as HclValue) };
}

function* expressionsOf(body: ScannedBody): Generator<Expression> {
  for (const { expression } of body.attributes) yield expression;
  for (const block of body.blocks) {
    for (const label of block.labels) if ("text" in label) yield label;
    yield* expressionsOf(block.body);
  }
}

function mistakesIn(expression: Expression, value: HclValue | typeof INVALID | undefined, lines: Lines): Mistake[] {
  if (value !== INVALID) return [];
  const hint = expression.text.startsWith("'") ? ": a string is written in double quotes" : "";
  return [{ ...lines.at(expression.at), message: `this value can't be read as HCL${hint}, found ${quoted(expression.text)}` }];
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

import { ExpressionError, isList, toNumber, toText, typeName, Unknown, Value, whyUnknown } from "../value";

/** An argument as a text. Throws ExpressionError where Terraform has no conversion. */
export function textOf(value: Value | undefined): string {
  return toText(value ?? null) ?? fail(`${typeName(value ?? null)} is no text`);
}

export function wholeNumberOf(value: Value | undefined): number {
  const number = toNumber(value ?? null) ?? fail(`${typeName(value ?? null)} is no whole number`);
  return Number.isInteger(number) ? number : fail(`${number} is no whole number`);
}

export function listOf(value: Value | undefined): readonly Value[] {
  return value !== undefined && isList(value) ? value : fail(`${typeName(value ?? null)} is no list`);
}

/** For functions whose result needs every element. */
export function whenKnown(items: readonly Value[], result: () => Value): Value {
  const why = items.map((item) => whyUnknown(item)).find((each) => each !== undefined);
  return why === undefined ? result() : new Unknown(why);
}

export function fail(message: string): never {
  throw new ExpressionError(message);
}

import { ExpressionError, isList, isMap, toNumber, toText, typeName, Unknown, Value, ValueMap, whyUnknown } from "../value";
import { Work } from "../work";

/** An argument as a text. Throws ExpressionError where Terraform has no conversion. */
export function textOf(value: Value | undefined): string {
  return toText(value ?? null) ?? fail(`${typeName(value ?? null)} is no text`);
}

export function wholeNumberOf(value: Value | undefined): number {
  const number = toNumber(value ?? null) ?? fail(`${typeName(value ?? null)} is no whole number`);
  return Number.isInteger(number) ? number : fail(`${number} is no whole number`);
}

/** The elements of a list, set or tuple. */
export function elementsOf(value: Value | undefined): readonly Value[] {
  return value !== undefined && isList(value) ? value : fail(`${typeName(value ?? null)} is no list`);
}

export function mapOf(value: Value | undefined): ValueMap {
  return value !== undefined && isMap(value) ? value : fail(`${typeName(value ?? null)} is no map`);
}

/** Why a value is not known in all of its parts; undefined where it is. */
export function whyUnknownInside(value: Value, work: Work): string | undefined {
  const why = whyUnknown(value);
  if (why !== undefined || !(isList(value) || isMap(value))) return why;
  return work.deeper(() => {
    for (const each of value.values()) {
      const inside = whyUnknownInside(each, work);
      if (inside !== undefined) return inside;
    }
    return undefined;
  });
}

/** For functions whose result needs every element. */
export function whenKnown(items: readonly Value[], result: () => Value): Value {
  const why = items.map((item) => whyUnknown(item)).find((each) => each !== undefined);
  return why === undefined ? result() : new Unknown(why);
}

export function fail(message: string): never {
  throw new ExpressionError(message);
}

import { DynamicRequest, known, Maybe, parsePciAddress, parsePciId, PciAddress, PciId, quoted, unknown } from "../../model";
import { isList, Value, ValueMap, whyUnknown } from "../expression/value";
import { Attributes, textOf } from "./attributes";

/** A request written as `{ allowed, label }`; what it says wrongly is a mistake at the attribute's line. */
export function readRequest(attributes: Attributes, name: string, block: ValueMap): Maybe<DynamicRequest> {
  const allowed = block.get("allowed") ?? [];
  const why = whyUnknown(allowed);
  if (why !== undefined) return unknown(why);
  return makeRequest(attributes, name, isList(allowed) ? allowed : [allowed], block.get("label") ?? "");
}

/** A request of ids and a label, of which the empty one is none. */
export function makeRequest(attributes: Attributes, name: string, allowed: readonly Value[], label: Value): Maybe<DynamicRequest> {
  const ids = all(allowed.map((value) => readId(attributes, name, value)));
  if (!ids.known) return ids;
  const text = textOf(label) ?? known("");
  if (!text.known) return text;
  return known({ kind: "dynamic", allowed: ids.value, ...(text.value !== "" && { label: text.value }) });
}

function readId(attributes: Attributes, name: string, value: Value): Maybe<PciId> {
  return parsed(attributes, name, value, parsePciId, 'allow devices as "vendor:device" in hexadecimal, such as "10de:20f1"');
}

/** A PCI address, or a mistake at the attribute's line. */
export function readAddress(attributes: Attributes, name: string, value: Value): Maybe<PciAddress> {
  return parsed(attributes, name, value, parsePciAddress, 'be a PCI address in hexadecimal, such as "0000:af:00.0"');
}

function parsed<T>(attributes: Attributes, name: string, value: Value, parse: (text: string) => T | undefined, expected: string): Maybe<T> {
  const text = textOf(value);
  if (text !== undefined && !text.known) return text;
  const result = text === undefined ? undefined : parse(text.value.trim());
  if (result !== undefined) return known(result);
  attributes.mistake(name, `must ${expected}, found ${text === undefined ? "null" : quoted(text.value)}`);
  return unknown(name);
}

/** All known, or the first that is not. */
export function all<T>(parts: readonly Maybe<T>[]): Maybe<readonly T[]> {
  const values: T[] = [];
  for (const part of parts) {
    if (!part.known) return part;
    values.push(part.value);
  }
  return known(values);
}

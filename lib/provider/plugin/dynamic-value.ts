import { decode, encode, ExtData, ExtensionCodecType } from "@msgpack/msgpack";
import { exactNumber, sentNumber } from "./exact-number";
import type { Message } from "./messages";
import type { AttributePath } from "./resource";
import type { Block, Type } from "./schema";
import { Fields, UNKNOWN, Value } from "./values";

/** A value that Terraform sent and that can't be understood, or that can't be sent to it. */
export class ValueError extends Error {
  constructor(
    readonly path: AttributePath,
    message: string,
  ) {
    super(message);
  }
}

/** A configuration or state as Terraform sends it: MessagePack, or JSON in place of it. Null is what does not exist. */
export function decodeObject(block: Block, sent: Message<"DynamicValue"> | undefined, toNumber = exactNumber): Fields | null {
  return toValue(blockType(block), unpacked(sent), [], toNumber) as Fields | null;
}

/** The same of what Terraform never compares with an answer, so that a number like 1/3 may be rounded. */
export function decodeRounded(block: Block, sent: Message<"DynamicValue"> | undefined): Fields | null {
  return decodeObject(block, sent, Number);
}

function unpacked({ msgpack, json }: Message<"DynamicValue"> = {}): unknown {
  return msgpack ? decode(msgpack, { useBigInt64: true, extensionCodec: ANY_EXTENSION_IS_UNKNOWN }) : parse(json);
}

/** All attributes and blocks must be there, and no others. */
export function encodeObject(block: Block, fields: Fields | null): Message<"DynamicValue"> {
  return { msgpack: encode(toSent(blockType(block), fields, []), { maxDepth: 1000 }) };
}

/** A block as the object that Terraform makes of it. */
export function blockType(block: Block): Type {
  const attributes = Object.entries(block.attributes).map(([name, { type }]) => [name, type] as const);
  const blocks = Object.entries(block.blocks ?? {}).map(([name, nested]) => {
    const each = blockType(nested);
    return [name, nested.nesting === "set" ? { set: each } : { list: each }] as const;
  });
  const operations = Object.keys(block.timeouts ?? {}).map((operation) => [operation, "string"] as const);
  const timeouts = block.timeouts ? [["timeouts", { object: Object.fromEntries(operations) }] as const] : [];
  return { object: Object.fromEntries([...attributes, ...blocks, ...timeouts]) };
}

// Terraform knows several: plainly unknown (0), and unknown with what is known of it, a prefix or bounds (12).
const ANY_EXTENSION_IS_UNKNOWN: ExtensionCodecType<undefined> = { decode: () => UNKNOWN, tryToEncode: () => null };
const SENT_UNKNOWN = new ExtData(0, new Uint8Array([0]));

/**
 * JSON with every number as text, so that none is rounded; a number's type makes it one again. By hand up to where texts end: a
 * regular expression that steps over them backtracks, and a text of ten million characters is deeper than the call stack.
 */
export function parse(json: Uint8Array | undefined): unknown {
  if (!json) return null;
  const text = Buffer.from(json).toString("utf8");
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    parts.push(text.slice(at, end).replace(/-?[0-9][0-9.eE+-]*/g, '"$&"'));
    at = quote === -1 ? end : endOfText(text, quote);
    parts.push(text.slice(end, at));
  }
  return JSON.parse(parts.join(""));
}

/** Behind the quote that ends the text which begins at `start`: the next one with an even number of backslashes before it. */
function endOfText(text: string, start: number): number {
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

/** Undefined where it is no number that can be kept. */
type ToNumber = (sent: number | bigint | string) => number | undefined;

export function toValue(type: Type, sent: unknown, path: AttributePath, toNumber: ToNumber = exactNumber): Value {
  if (sent === UNKNOWN) return UNKNOWN;
  if (sent === null || sent === undefined) return null;
  if (typeof type === "string") return toPrimitive(type, sent, path, toNumber);
  if ("list" in type) return elements(sent, path).map((each, index) => toElement(type.list, each, [...path, index], toNumber));
  // No path leads into a set.
  if ("set" in type) return elements(sent, path).map((each) => toElement(type.set, each, path, toNumber));
  if ("map" in type) return mapFields(fieldsOf(sent, path), (each, name) => toElement(type.map, each, [...path, name], toNumber));
  const fields = fieldsOf(sent, path);
  return mapFields(type.object, (each, name) => toValue(each, own(fields, name), [...path, name], toNumber));
}

function toPrimitive(type: "string" | "number" | "bool", sent: unknown, path: AttributePath, toNumber: ToNumber): Value {
  if (type === "number" && (typeof sent === "number" || typeof sent === "bigint" || typeof sent === "string")) {
    const number = toNumber(sent);
    if (number === undefined) throw new ValueError(path, "a number can't be kept exactly; the provider keeps 15 digits");
    return number;
  }
  if ((type === "string" && typeof sent === "string") || (type === "bool" && typeof sent === "boolean")) return sent;
  throw mismatch(type, path);
}

function toElement(type: Type, sent: unknown, path: AttributePath, toNumber: ToNumber): Value {
  if (sent === null) throw new ValueError(path, "null where a value must be; leave the element out");
  return toValue(type, sent, path, toNumber);
}

function toSent(type: Type, value: Value | undefined, path: AttributePath): unknown {
  if (value === undefined) throw new ValueError(path, `the provider says nothing of ${path.join(".")}`);
  if (value === null) return null;
  if (value === UNKNOWN) return SENT_UNKNOWN;
  if (typeof type === "string") {
    if (type === "number" && typeof value === "number" && Number.isFinite(value)) return sentNumber(value);
    if ((type === "string" && typeof value === "string") || (type === "bool" && typeof value === "boolean")) return value;
    throw mismatch(type, path);
  }
  if ("list" in type) return elements(value, path).map((each, index) => toSent(type.list, each as Value, [...path, index]));
  if ("set" in type) return elements(value, path).map((each) => toSent(type.set, each as Value, path));
  const fields = fieldsOf(value, path);
  if ("map" in type) return mapFields(fields, (each, name) => toSent(type.map, each as Value, [...path, name]));
  const surplus = Object.keys(fields).find((name) => !Object.hasOwn(type.object, name));
  if (surplus !== undefined) throw new ValueError(path, `the provider tells ${surplus}, which its schema has not`);
  return mapFields(type.object, (each, name) => toSent(each, own(fields, name) as Value, [...path, name]));
}

function elements(sent: unknown, path: AttributePath): readonly unknown[] {
  if (!Array.isArray(sent)) throw mismatch("list", path);
  return sent;
}

export function fieldsOf(sent: unknown, path: AttributePath): Readonly<Record<string, unknown>> {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) throw mismatch("object", path);
  return sent as Record<string, unknown>;
}

/** An attribute may be called toString. */
export function own(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function mapFields<T, R>(fields: Readonly<Record<string, T>>, change: (value: T, name: string) => R): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value, name)]));
}

function mismatch(expected: string, path: AttributePath): ValueError {
  return new ValueError(path, `not ${/^[aeiou]/.test(expected) ? "an" : "a"} ${expected}: ${path.join(".") || "the whole value"}`);
}

import { Kind, ValueKind, ValueType } from "./tables";

/** A way to make VMs with ways to give values in its places: a part of a folder that shares no name with others. */
export interface Unit {
  /** What its names begin with. */
  readonly prefix: string;
  readonly files: ReadonlyMap<string, string>;
  /** The kinds that it is made of. */
  readonly kinds: ReadonlySet<Kind>;
  /** Those that have a part in an attribute, for attributes that are a value and nothing else. */
  readonly kindsOf: ReadonlyMap<string, ReadonlySet<Kind>>;
}

/** A value to be written: which literal, and the ways to give it from the innermost outwards. */
export interface Draft {
  readonly literal: number;
  readonly ways: readonly ValueKind[];
}

/** Fills the places of a layout, in the order that they are written in. */
export function makeUnit(prefix: string, layout: Kind, draftFor: (type: ValueType, place: number) => Draft): Unit {
  const files = new Map<string, string>();
  const kinds = new Set<Kind>([layout]);
  const kindsOf = new Map<string, Set<Kind>>();
  let places = 0;
  const add = (file: string, text: string): void => void files.set(file, `${files.get(file) ?? ""}${text}\n`);

  for (const [file, text] of layout.files) {
    const lines = text.split("\n").map((line) => {
      const attribute = /^ +(\w+) += (?:NUMBER|TEXT|BOOL|MAP|LIST)$/.exec(line)?.[1];
      return line.replace(/\b(NUMBER|TEXT|BOOL|MAP|LIST)\b/g, (word) => {
        const place = places++;
        const type = word.toLowerCase() as ValueType;
        const draft = draftFor(type, place);
        if (attribute !== undefined) kindsOf.set(attribute, new Set([...(kindsOf.get(attribute) ?? [layout]), ...draft.ways]));
        draft.ways.forEach((way) => kinds.add(way));
        return write(draft, type, `${prefix}p${place}_`, add);
      });
    });
    add(file.replaceAll("@", prefix), lines.join("\n").replaceAll("@", prefix));
  }
  return { prefix, files, kinds, kindsOf };
}

/** The expression; what it needs is added to the files. */
function write({ literal, ways }: Draft, type: ValueType, prefix: string, add: (file: string, text: string) => void): string {
  const value = literalOf(type, literal);
  const other = literalOf(type, literal + 1);
  let expression = value.hcl;
  ways.forEach((way, at) => {
    const inside = expression;
    const fill = (text: string): string =>
      text.replaceAll("@", `${prefix}${at}_`).replace(/\b(OTHERRAW|VALUE|OTHER|TYPE|JSON|RAW|EXPR)\b/g, (word) => {
        if (word === "EXPR") return /^\w+$/.test(inside) || inside.startsWith('"') ? inside : `(${inside})`;
        const words: Readonly<Record<string, string>> = {
          VALUE: value.hcl,
          OTHER: other.hcl,
          TYPE: TYPES[type],
          JSON: value.json,
          RAW: value.raw,
        };
        return word === "OTHERRAW" ? other.raw : words[word]!;
      });
    for (const [file, text] of way.files) if (text.trim() !== "") add(fill(file), fill(text));
    expression = fill(way.expression);
  });
  return expression;
}

const TYPES: Readonly<Record<ValueType, string>> = {
  number: "number",
  text: "string",
  bool: "bool",
  map: "map(string)",
  list: "list(string)",
};

interface Literal {
  readonly hcl: string;
  readonly json: string;
  /** For the command line: a text stands without quotes. */
  readonly raw: string;
}

/** One of a few, by number. */
function literalOf(type: ValueType, at: number): Literal {
  const all = LITERALS[type];
  const value = all[at % all.length]!;
  const json = JSON.stringify(value);
  const hcl = type === "map" ? json.replace(/":/g, '" = ') : json;
  return { hcl, json, raw: type === "text" ? (value as string) : hcl };
}

const LITERALS: Readonly<Record<ValueType, readonly (number | string | boolean | object)[]>> = {
  number: [4096, 65536, 1, 98304, 3],
  text: ["gpu-a", "01", "1.50", "true", "é z", "train-7"],
  bool: [true, false],
  map: [
    { "pciPassthru.use64bitMMIO": "TRUE", a: "x" },
    { "pciPassthru0.customLabel": "Shared", "pciPassthru0.allowedDevices": "10de:20f1" },
    { b: "1", a: "01" },
  ],
  list: [["0000:af:00.0"], ["0000:3b:00.0", "0000:af:00.0"], ["0000:d8:00.0", "0000:3b:00.0"]],
};

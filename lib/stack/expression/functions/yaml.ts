import type { Node, Pair, Scalar, YAMLMap } from "yaml";
import { Table } from "../table";
import { isMap, toNumeric, toText, typeName, Unknown, Value, ValueMap } from "../value";
import { Work } from "../work";
import { fail, textOf } from "./arguments";
import { momentOf, writeMoment } from "./moment";

/** Functions between values and YAML. */
export const yamlFunctions: Table = [["yamldecode", ([of], work) => decode(textOf(of), work)]];

type Yaml = typeof import("yaml");

function decode(text: string, work: Work): Value {
  work.spend(text.length >> 4);
  // Loaded only here: few stacks read such files.
  const yaml = require("yaml") as Yaml;
  // What a plain scalar means is Terraform's own mixture of YAML 1.1 and 1.2, so every scalar is taken as a text first.
  const documents = yaml.parseAllDocuments(text, { schema: "failsafe", logLevel: "silent", uniqueKeys: false });
  const [document, another] = Array.isArray(documents) ? documents : [];
  if (document === undefined || document.contents === null) return fail("yamldecode: there is no value");
  if (another !== undefined) fail("yamldecode: there is more than one document");
  if (document.errors.length > 0) fail("yamldecode: the text is no YAML");
  return new Reader(yaml, work).value(document.contents);
}

class Reader {
  /** What stands behind each `&name`, once it was read. */
  private readonly anchors = new Map<string, Value>();

  constructor(
    private readonly yaml: Yaml,
    private readonly work: Work,
  ) {}

  value(node: Node | null): Value {
    return this.work.deeper(() => {
      if (node === null) return null;
      if (this.yaml.isAlias(node)) return this.anchors.get(node.source) ?? fail(`yamldecode: there is no anchor ${node.source}`);
      const value = this.unanchored(node);
      const { anchor } = node as { readonly anchor?: string };
      if (anchor !== undefined) this.anchors.set(anchor, value);
      return value;
    });
  }

  private unanchored(node: Node): Value {
    if (this.yaml.isScalar(node)) return scalar(node);
    if (this.yaml.isSeq(node)) return node.items.map((item) => this.value(item as Node | null));
    return this.map(node as YAMLMap<Node, Node | null>);
  }

  private map({ items }: YAMLMap<Node, Node | null>): Value {
    const map = new Map<string, Value>();
    for (const pair of items) {
      if (isMerge(pair.key as Scalar)) for (const [key, value] of this.merged(pair)) map.set(key, value);
      else map.set(this.key(pair.key), this.value(pair.value));
    }
    return map;
  }

  private key(node: Node): string {
    if (!this.yaml.isScalar(node)) fail("yamldecode: a key that is no text");
    return toText(scalar(node)) ?? fail("yamldecode: a key that is null");
  }

  /** What `<<` puts into a map: what another has. Newer versions of Terraform take several, older ones refuse them. */
  private merged({ value }: Pair<Node, Node | null>): ValueMap {
    const from = this.value(value);
    return isMap(from) ? from : fail(`yamldecode: ${typeName(from)} can't be merged into a map`);
  }
}

function isMerge({ value, type, tag }: Scalar): boolean {
  return value === "<<" && (type === "PLAIN" || tag === "tag:yaml.org,2002:merge");
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);

const INTEGER = /^[-+]?\d+$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const DATE = /^(\d{4})-(\d\d?)-(\d\d?)(?:([Tt ])(.*))?$/s;

function scalar({ value: source, type, tag }: Scalar): Value {
  const text = String(source).normalize();
  if (tag === "tag:yaml.org,2002:str" || tag === "!") return text;
  if (tag !== undefined) return new Unknown(`\${yamldecode(…)} (with the tag ${tag})`);
  if (type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE") return text;
  const value = plainScalar(text);
  // A block is looked at as a plain scalar is, and is a text then.
  return type === "PLAIN" || value === null || value instanceof Unknown ? value : toText(value)!;
}

function plainScalar(text: string): Value {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (/^[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$/.test(text)) return new Unknown(`\${yamldecode(…)} (of ${text})`);
  if (DATE.test(text)) return date(text);
  if (INTEGER.test(text) || FLOAT.test(text)) return number(text);
  if (/^(?:0x[0-9a-fA-F]+|0o[0-7]+)$/.test(text)) return Number(text);
  return text;
}

/** In decimal, whatever it begins with. */
function number(text: string): Value {
  const plain = text
    .replace(/^\+/, "")
    .replace(/^(-?)0+(?=\d)/, "$1")
    .replace(/^(-?)\./, "$10.")
    .replace(/\.(?=$|[eE])/, "");
  return toNumeric(plain) ?? new Unknown(`\${yamldecode(…)} (of ${text})`);
}

/** A point of time becomes one as RFC 3339 writes it; what only looks like one stays a text. */
function date(text: string): string {
  const [, year, month = "", day = "", separator, time = ""] = DATE.exec(text)!;
  const ofDay = separator === undefined ? "00:00:00Z" : separator === " " ? `${time}Z` : time;
  const spelled = ofDay.replace(/\b\d(?=[:.Z+-])/g, "0$&");
  try {
    return writeMoment(momentOf(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${spelled}`));
  } catch {
    return text;
  }
}

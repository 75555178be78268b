import { HclAttribute, HclBlock, HclBody, HclValue, literalText, parseHcl } from "../hcl";
import { Lines, Located, Mistake, nearMiss, Places, quoted } from "../model";
import { BlockKind, FILE } from "./blocks";
import { REPORTED, Tree } from "./tree";

/** Reads an inventory in HCL, whose labelled blocks stand for lists. Expressions are refused. */
export function readHcl(file: string, text: string): Tree {
  const { lines, body } = parseHcl(file, text, MAX_LETTERS);
  const reader = new Reader(lines);
  const value = reader.body(body, FILE, 0);
  return { located: new Located(lines, value, reader.places), mistakes: reader.mistakes };
}

/** An inventory holds literals, of which only few are not plain. */
const MAX_LETTERS = 200_000;

type Entries = Record<string, unknown>;

class Reader {
  readonly places = new Map<object, Places>();
  readonly mistakes: Mistake[] = [];

  constructor(private readonly lines: Lines) {}

  body(body: HclBody, kinds: BlockKind["blocks"], at: number): Entries {
    const object = Object.create(null) as Entries;
    this.places.set(object, { at, keys: [], keyAt: [], valueAt: [] });
    for (const attribute of body.attributes) this.attribute(object, attribute, kinds);
    for (const block of body.blocks) this.block(object, block, kinds);
    return object;
  }

  private attribute(object: Entries, attribute: HclAttribute, kinds: BlockKind["blocks"]): void {
    const { name, at, valueAt, elementsAt } = attribute;
    const value = this.value(attribute.value, valueAt, elementsAt);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    // No number of blocks says that there are none.
    const saysNone = kind?.to === name && !kind.once && Array.isArray(value) && value.length === 0;
    if (kind && !saysNone) return this.mistake(at, `${quoted(name)} is a block: write it without the "="`);
    this.put(object, name, at, value, valueAt);
  }

  private value(value: HclValue, at: number, elementsAt: readonly number[] = []): unknown {
    if (typeof value === "string") {
      const text = literalText(value);
      if (text !== undefined) return text;
      this.mistake(at, `an inventory can't hold an expression, found ${quoted(value)}: write the value itself`);
      return REPORTED;
    }
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return this.list(value as readonly HclValue[], at, elementsAt);
    const object = Object.create(null) as Entries;
    this.places.set(object, { at, keys: [], keyAt: [], valueAt: [] });
    for (const [key, part] of Object.entries(value)) this.put(object, key, at, this.value(part, at), at);
    return object;
  }

  private list(values: readonly HclValue[], at: number, elementsAt: readonly number[]): unknown[] {
    const valueAt = values.map((_, index) => elementsAt[index] ?? at);
    const list = values.map((value, index) => this.value(value, valueAt[index]!));
    this.places.set(list, { at, keys: [], keyAt: [], valueAt });
    return list;
  }

  private block(object: Entries, block: HclBlock, kinds: BlockKind["blocks"]): void {
    const kind = this.kindOf(block, kinds);
    if (!kind) return;
    const entries = this.body(block.body, kind.blocks, block.at);
    this.label(entries, block, kind);
    if (kind.once) {
      if (kind.to in object) this.mistake(block.at, `block ${quoted(block.type)} is given twice`);
      else this.put(object, kind.to, block.at, entries, block.at);
    } else this.append(object, kind.to, block.at, entries);
  }

  private kindOf(block: HclBlock, kinds: BlockKind["blocks"]): BlockKind | undefined {
    if (Object.hasOwn(kinds, block.type)) return kinds[block.type];
    const meant = nearMiss(block.type, Object.keys(kinds));
    const known = Object.keys(kinds).join(", ");
    const hint =
      meant !== undefined ? `; did you mean ${quoted(meant)}?` : known === "" ? "; no block can stand here" : `; known: ${known}`;
    this.mistake(block.at, `unknown block ${quoted(block.type)}${hint}`);
    return meant === undefined ? undefined : kinds[meant];
  }

  private label(entries: Entries, block: HclBlock, kind: BlockKind): void {
    const [label, tooMuch] = block.labels;
    const extra = kind.label === undefined ? label : tooMuch;
    if (extra) this.mistake(extra.at, `${block.type} has a label too many: ${quoted(extra.text)}`);
    if (kind.label === undefined) return;
    if (kind.label in entries) {
      const { keys, keyAt } = this.places.get(entries)!;
      this.mistake(keyAt[keys.indexOf(kind.label)]!, `the ${kind.label} of a ${block.type} is its label: ${block.type} "…" { … }`);
    } else if (label) this.put(entries, kind.label, block.at, label.text, label.at);
    else {
      this.mistake(block.at, `${block.type} has no label: expected its ${kind.label}, as in ${block.type} "…" { … }`);
      this.put(entries, kind.label, block.at, REPORTED, block.at);
    }
  }

  private append(object: Entries, key: string, at: number, entries: Entries): void {
    const list = object[key];
    if (list === undefined) {
      const first = [entries];
      this.places.set(first, { at, keys: [], keyAt: [], valueAt: [at] });
      this.put(object, key, at, first, at);
    } else if (Array.isArray(list)) {
      list.push(entries);
      this.places.get(list)!.valueAt.push(at);
    } else this.mistake(at, `${quoted(key)} is given both as an attribute and as a block`);
  }

  private put(object: Entries, key: string, keyAt: number, value: unknown, valueAt: number): void {
    const places = this.places.get(object)!;
    object[key] = value;
    places.keys.push(key);
    places.keyAt.push(keyAt);
    places.valueAt.push(valueAt);
  }

  private mistake(at: number, message: string): void {
    this.mistakes.push({ ...this.lines.at(at), message });
  }
}

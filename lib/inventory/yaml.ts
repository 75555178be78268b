import type { Alias, Document, ParsedNode, YAMLMap, YAMLSeq } from "yaml";
import { InputError, Lines, Located, Mistake, Places, quoted } from "../model";
import { Tree } from "./tree";

type Yaml = typeof import("yaml");

const MAX_DEPTH = 100;
/** An object in a list opens two levels of the parser's stack for each of its own. */
const MAX_STACK = 2 * MAX_DEPTH + 20;
/** A file of 8 MB has no more than this, unless it is made of brackets. */
const MAX_LEXEMES = 2_000_000;
const MAX_VALUES = 1_000_000;
const MAX_ERRORS = 20;
const CORE_TAG = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

/** Reads one YAML document. Aliases stand for copies, whose number is limited; tags beyond YAML's own are refused. */
export function readYaml(file: string, text: string): Tree {
  const lines = new Lines(file, text);
  // Loaded only here: it costs more than reading a small file.
  const yaml = require("yaml") as Yaml;
  const document = compose(yaml, lines);
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (errors.length > 0)
    throw new InputError(errors.slice(0, MAX_ERRORS).map(({ pos, message }) => located(lines, pos[0], plain(message))));
  const converter = new Converter(yaml, lines);
  const value = converter.node(document.contents, 0, 0);
  if (converter.mistakes.length > 0) throw new InputError(converter.mistakes);
  return { located: new Located(lines, value, converter.places), mistakes: [] };
}

/**
 * Drives the library's own pipeline step by step, because its composer is recursive: nesting that fills the stack
 * makes V8 abort the process, which nobody can catch.
 */
function compose({ Composer, Lexer, Parser }: Yaml, lines: Lines): Document.Parsed {
  const parser = new Parser();
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
  const documents: Document.Parsed[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(lines.text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > MAX_STACK) throw new InputError([located(lines, parser.offset, `nested more than ${MAX_DEPTH} deep`)]);
    if (++lexemes > MAX_LEXEMES)
      throw new InputError([located(lines, parser.offset, "too many parts for one YAML file: write it as JSON")]);
    if (documents.length > 1) break;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, lines.text.length));
  const [document, second] = documents;
  if (second) throw new InputError([located(lines, second.range[0], "a second YAML document begins: expected one")]);
  return document!;
}

class Converter {
  readonly places = new Map<object, Places>();
  readonly mistakes: Mistake[] = [];
  private readonly anchors = new Map<string, ParsedNode>();
  private values = 0;

  constructor(
    private readonly yaml: Yaml,
    private readonly lines: Lines,
  ) {}

  node(node: ParsedNode | null, at: number, depth: number): unknown {
    if (node === null) return null;
    const start = node.range[0] ?? at;
    if (depth > MAX_DEPTH) throw new InputError([located(this.lines, start, `nested more than ${MAX_DEPTH} deep`)]);
    if (++this.values > MAX_VALUES)
      throw new InputError([located(this.lines, start, `more than ${MAX_VALUES} values, aliases counted in full`)]);
    if (this.yaml.isAlias(node)) return this.node(this.anchored(node), start, depth + 1);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (node.tag !== undefined && !CORE_TAG.test(node.tag)) this.mistake(start, `tag ${quoted(node.tag)} is not supported`);
    if (this.yaml.isScalar(node)) return node.value;
    return this.yaml.isMap(node) ? this.map(node, depth) : this.list(node, depth);
  }

  private anchored(alias: Alias.Parsed): ParsedNode | null {
    const node = this.anchors.get(alias.source);
    if (!node) this.mistake(alias.range[0], `alias ${quoted(alias.source)} has no anchor before it`);
    return node ?? null;
  }

  private map(map: YAMLMap.Parsed, depth: number): object {
    const object = Object.create(null) as Record<string, unknown>;
    const places: Places = { at: map.range[0], keys: [], keyAt: [], valueAt: [] };
    for (const { key, value } of map.items) {
      const keyAt = key.range[0];
      const name = this.yaml.isScalar(key) ? String(key.value) : undefined;
      if (name === undefined) this.mistake(keyAt, "a key that is no plain text");
      else if (name in object) this.mistake(keyAt, `key ${quoted(name)} is given twice`);
      else {
        object[name] = this.node(value, keyAt, depth + 1);
        places.keys.push(name);
        places.keyAt.push(keyAt);
        places.valueAt.push(value?.range[0] ?? keyAt);
      }
    }
    this.places.set(object, places);
    return object;
  }

  private list(list: YAMLSeq.Parsed, depth: number): unknown[] {
    const places: Places = { at: list.range[0], keys: [], keyAt: [], valueAt: list.items.map((item) => item.range[0]) };
    const values = list.items.map((item) => this.node(item, places.at, depth + 1));
    this.places.set(values, places);
    return values;
  }

  private mistake(at: number, message: string): void {
    if (this.mistakes.length < MAX_ERRORS) this.mistakes.push(located(this.lines, at, message));
  }
}

function located(lines: Lines, at: number, message: string): Mistake {
  return { ...lines.at(at), message };
}

function plain(message: string): string {
  const line = message.split("\n")[0]!;
  return quoted(line.charAt(0).toLowerCase() + line.slice(1)).slice(1, -1);
}

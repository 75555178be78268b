import { Mistake, nearMiss, Source } from "../../model";
import { Block, blockSource } from "../configuration";
import { Data, DataMap, isList, isMap } from "../data";
import { SyntaxMistake } from "../expression/lexer";
import { forEachReference } from "../expression/references";
import { Step } from "../expression/syntax";
import { parseTemplate } from "../expression/template";
import { Local } from "./file-blocks";

/** What is no expression, or names what is not declared in the configuration. */
const NOT_FOLLOWED: ReadonlySet<string> = new Set(["//", "ignore_changes", "provider", "providers", "type"]);

/** What in a text looks like the name of something that is declared. Found in a text it may mean something else: then that is parsed for nothing. */
const LOOKS_NAMED = /(?<![\w.-])(?:var|local|module|data|each|count|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.[\w.-]+/g;

/** As types of resources are called: `vsphere_host`. */
const RESOURCE_TYPE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/;

/** What a configuration declares: `var.a`, `local.b`, `module.c`, `data.vsphere_host.d`, `vsphere_host.e`. */
export type Declared = ReadonlySet<string>;

/**
 * References to what a configuration does not declare, which Terraform refuses wherever they stand. Only for all files of a folder
 * together: a file by itself may well refer to what the others declare.
 */
export function undeclaredReferences(blocks: Iterable<Block>, locals: Iterable<Local>, declared: Declared): readonly Mistake[] {
  const finder = new Finder(declared);
  for (const block of blocks) finder.inBlock(block);
  for (const { value, file, at } of locals)
    finder.inData(value, { source: () => file.lines.at(at), files: [file], bound: new Set(), counted: "anyhow" });
  return finder.mistakes;
}

/** Where some data stands, and which names mean something there. */
interface Inside {
  readonly source: () => Source;
  /** The files that its parts may be in. */
  readonly files: readonly Block["file"][];
  /** Names that `dynamic` blocks give to what they go through. */
  readonly bound: ReadonlySet<string>;
  /** What makes its instances; `anyhow` where that is of no interest. */
  readonly counted: "count" | "for_each" | "single" | "anyhow";
}

class Finder {
  readonly mistakes: Mistake[] = [];
  private readonly clean = new Set<string>();

  constructor(private readonly declared: Declared) {}

  inBlock(block: Block): void {
    const { body, kind, written = [block] } = block;
    const isCounted = kind === "resource" || kind === "data" || kind === "module";
    const counted = !isCounted ? "anyhow" : "count" in body ? "count" : "for_each" in body ? "for_each" : "single";
    const bound = new Set(iteratorsIn(body));
    const files = [...new Set(written.map(({ file }) => file))];
    for (const key of Object.keys(body)) {
      if (!NOT_FOLLOWED.has(key)) this.inPart(key, body[key]!, { source: () => blockSource(block, key), files, bound, counted });
    }
  }

  inData(data: Data, inside: Inside): void {
    if (typeof data === "string") return this.inText(data, inside);
    if (isList(data)) return data.forEach((item, at) => this.inData(item, { ...inside, source: placeOf(data, at, inside) }));
    if (!isMap(data)) return;
    for (const key of Object.keys(data)) {
      this.inText(key, inside);
      if (!NOT_FOLLOWED.has(key)) this.inPart(key, data[key]!, { ...inside, source: placeOf(data, key, inside) });
    }
  }

  /** References stand bare in these, at least in JSON. */
  private inPart(key: string, data: Data, inside: Inside): void {
    const isBare = key === "depends_on" || key === "replace_triggered_by";
    this.inData(
      isBare && isList(data) ? data.map((each) => (typeof each === "string" && !each.includes("${") ? `\${${each}}` : each)) : data,
      inside,
    );
  }

  private inText(text: string, inside: Inside): void {
    if (!(text.includes("${") || text.includes("%{")) || !this.isSuspect(text, inside)) return;
    try {
      forEachReference(parseTemplate(text), (root, steps) => this.inReference(root, steps, inside));
    } catch (error) {
      // What can't be read is told where its value is asked for.
      if (!(error instanceof SyntaxMistake)) throw error;
    }
  }

  /** Parsing takes time, and nearly every text refers to what is there: the same few references are in every VM. */
  private isSuspect(text: string, { counted }: Inside): boolean {
    const key = `${counted} ${text}`;
    if (this.clean.has(key)) return false;
    const names = text.match(LOOKS_NAMED) ?? [];
    if (names.some((name) => !this.isFine(name, counted))) return true;
    this.clean.add(key);
    return false;
  }

  private isFine(name: string, counted: Inside["counted"]): boolean {
    const [root, first, second] = name.split(".");
    if (root === "each" || root === "count") return counted === "anyhow" || (root === "each" ? "for_each" : "count") === counted;
    return this.declared.has(root === "data" ? `data.${first}.${second}` : `${root}.${first}`);
  }

  private inReference(root: string, steps: readonly Step[], inside: Inside): void {
    const [first, second] = steps.map((step) => (step.kind === "attribute" ? step.name : undefined));
    if (inside.bound.has(root) || first === undefined) return;
    if (root === "each" || root === "count") return this.inOwnName(root, first, inside);
    if (!["var", "local", "module", "data"].includes(root) && !RESOURCE_TYPE.test(root)) return;
    if (root === "data" && second === undefined) return;
    const address = root === "data" ? `data.${first}.${second}` : `${root}.${first}`;
    if (this.declared.has(address)) return;
    const near = nearMiss(address, this.declared);
    this.add(`${address} is not declared${near === undefined ? "" : `; did you mean ${near}?`}`, inside);
  }

  private inOwnName(root: "each" | "count", name: string, inside: Inside): void {
    const needed = root === "each" ? "for_each" : "count";
    if (inside.counted === "anyhow" || inside.counted === needed) return;
    this.add(`${root}.${name} is known only where there is ${needed}, which the block does not have`, inside);
  }

  private add(message: string, { source }: Inside): void {
    this.mistakes.push({ ...source(), message });
  }
}

function placeOf(container: DataMap | readonly Data[], key: string | number, { files, source }: Inside): () => Source {
  return () => {
    const file = files.find(({ places }) => places.get(container) !== undefined);
    return file === undefined ? source() : file.keySource(container, key);
  };
}

/** The names that the `dynamic` blocks in a body go through things by, at any depth: nothing that is declared is called so. */
function* iteratorsIn(data: Data): Generator<string> {
  if (isList(data)) for (const item of data) yield* iteratorsIn(item);
  if (!isMap(data)) return;
  for (const key of Object.keys(data)) {
    if (key === "dynamic") for (const each of isList(data[key]) ? data[key] : [data[key]!]) yield* dynamicNames(each);
    yield* iteratorsIn(data[key]!);
  }
}

function* dynamicNames(dynamic: Data): Generator<string> {
  for (const [label, bodies] of isMap(dynamic) ? Object.entries(dynamic) : []) {
    yield label;
    for (const body of isList(bodies) ? bodies : [bodies]) {
      const iterator = isMap(body) ? body["iterator"] : undefined;
      if (typeof iterator === "string") yield iterator.replace(/^\$\{(.*)\}$/, "$1");
    }
  }
}

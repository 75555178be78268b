import { known, Maybe, Mistake, quoted, unknown } from "../../model";
import { Block, blockSource } from "../configuration";
import { Data, DataMap, isList as isDataList, isMap as isDataMap } from "../data";
import { sortedEntries } from "../expression/collections";
import { withNames } from "../expression/evaluate";
import {
  Computed,
  Instance,
  isList,
  isMap,
  SetOf,
  toBool,
  toNumber,
  toText,
  typeName,
  Value,
  ValueMap,
  whyUnknown,
} from "../expression/value";
import { Described } from "../resolve/described";
import { DataScope, evaluateData, isTemplate } from "../resolve/evaluate-data";

/** A range that a number must be in, and what it counts. */
export interface Amount {
  readonly least: number;
  readonly unit: string;
}

const MOST = 1e9;

/** An instance's attributes with the types that they must have. What has another type is a mistake at its line. */
export class Attributes {
  private readonly block: Block;

  constructor(
    readonly instance: Described,
    private readonly mistakes: Mistake[],
  ) {
    this.block = instance.block;
  }

  /** Undefined where it is not set. */
  value(name: string): Value | undefined {
    return this.instance.isSet(name) ? (this.instance.attribute(name) ?? undefined) : undefined;
  }

  whole(name: string, { least, unit }: Amount): Maybe<number> | undefined {
    const convert = (value: Value): number | undefined => {
      const number = toNumber(value);
      return number !== undefined && Number.isInteger(number) && number >= least && number <= MOST ? number : undefined;
    };
    return this.typed(name, convert, () => `a whole number${unit === "" ? "" : ` of ${unit}`} from ${least}`);
  }

  text(name: string): Maybe<string> | undefined {
    return this.typed(name, toText, () => "a string");
  }

  bool(name: string): Maybe<boolean> | undefined {
    return this.typed(name, toBool, () => "true or false");
  }

  /** One of these words. */
  choice<T extends string>(name: string, words: readonly T[]): Maybe<T> | undefined {
    return this.typed(
      name,
      (value) => words.find((word) => word === toText(value)),
      () => words.join(", "),
    );
  }

  /** A list's elements as they are; undefined where it is not set. */
  list(name: string): Maybe<readonly Value[]> | undefined {
    return this.typed(
      name,
      (value) => (isList(value) ? value : undefined),
      () => "a list",
    );
  }

  map(name: string): Maybe<ValueMap> | undefined {
    return this.typed(
      name,
      (value) => (isMap(value) ? value : undefined),
      () => "an object",
    );
  }

  /** The nested blocks of one kind, `dynamic` ones included. */
  blocks(name: string): Maybe<readonly ValueMap[]> {
    const value = this.value(name) ?? [];
    const why = whyUnknown(value);
    if (why !== undefined) return unknown(why);
    const written = isList(value) ? value : [value];
    const dynamic = this.dynamicBlocks(name);
    if (!dynamic.known) return dynamic;
    const blocks = [...written, ...dynamic.value];
    const unreadable = blocks.map((block) => whyUnknown(block)).find((each) => each !== undefined);
    if (unreadable !== undefined) return unknown(unreadable);
    if (blocks.every(isMap)) return known(blocks);
    this.mistake(name, `must be a block, found ${typeName(blocks.find((block) => !isMap(block))!)}`);
    return unknown(name);
  }

  /** The block of a kind of which Terraform allows one; undefined where there is none. */
  onlyBlock(name: string): Maybe<ValueMap | undefined> {
    const blocks = this.blocks(name);
    if (!blocks.known) return blocks;
    if (blocks.value.length <= 1) return known(blocks.value[0]);
    this.mistake(name, `must be one block at most, found ${blocks.value.length}`);
    return unknown(name);
  }

  mistake(name: string, message: string): void {
    this.mistakes.push({ ...blockSource(this.block, name), message: `${this.instance.resourceAddress}: ${name} ${message}` });
  }

  private typed<T>(name: string, convert: (value: Value) => T | undefined, expected: () => string): Maybe<T> | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const why = whyUnknown(value);
    if (why !== undefined) return unknown(why);
    const converted = convert(value);
    if (converted !== undefined) return known(converted);
    this.mistake(name, `must be ${expected()}, found ${found(this.block.body[name]!, value)}`);
    return unknown(name);
  }

  private dynamicBlocks(name: string): Maybe<readonly Value[]> {
    const all = this.block.body["dynamic"];
    if (all === undefined) return known([]);
    const dynamics = (isDataList(all) ? all : [all]).flatMap((each) => (isDataMap(each) ? [each[name] ?? null] : []));
    const bodies = dynamics.flatMap((each) => (isDataList(each) ? each : [each])).filter(isDataMap);
    const made: Value[] = [];
    for (const body of bodies) {
      const each = expandDynamic(name, body, this.instance.inner);
      if (!each.known) return each;
      made.push(...each.value);
    }
    return known(made);
  }
}

function expandDynamic(name: string, body: DataMap, scope: DataScope): Maybe<readonly Value[]> {
  const of = evaluateData(body["for_each"] ?? null, scope);
  const why = whyUnknown(of);
  if (why !== undefined) return unknown(why);
  const entries: readonly (readonly [Value, Value])[] = isMap(of)
    ? sortedEntries(of)
    : isList(of)
      ? of.map((value, at) => [of instanceof SetOf ? value : at, value])
      : [];
  if (!isMap(of) && !isList(of)) return unknown(`for_each of dynamic ${name} is ${typeName(of)}`);
  const iterator = typeof body["iterator"] === "string" ? body["iterator"].replace(/^\$\{(.*)\}$/, "$1") : name;
  const contents = isDataList(body["content"]) ? body["content"] : [body["content"] ?? null];
  const { templates, open } = scope;
  return known(
    entries.flatMap(([key, value]) => {
      const names = new Map<string, Value>([
        [
          iterator,
          new Map<string, Value>([
            ["key", key],
            ["value", value],
          ]),
        ],
      ]);
      const inside = { ...withNames(scope, names), templates, open };
      return contents.map((content) => evaluateData(content, inside));
    }),
  );
}

/** What stands in the file where that is plain; of what was evaluated only the type, since it may be secret. */
function found(data: Data, value: Value): string {
  if (typeof data === "string" && isTemplate(data)) return `${typeName(value)} from ${quoted(data)}`;
  return typeof data === "string" ? quoted(data) : typeof data === "number" ? String(data) : typeName(value);
}

/** A value as text, with why where it is not known; undefined where it is null. */
export function textOf(value: Value): Maybe<string> | undefined {
  if (value === null) return undefined;
  const why = whyUnknown(value);
  if (why !== undefined) return unknown(why);
  const text = toText(value);
  return text === undefined ? unknown(`${typeName(value)} where a text was expected`) : known(text);
}

/** The instance that a value identifies: `${TYPE.NAME.ATTRIBUTE}` for one of `types` (without `data.`) and `attributes`. */
export function identified(value: Value, types: readonly string[], attributes: readonly string[]): Instance | undefined {
  if (!(value instanceof Computed) || !attributes.includes(value.attribute)) return undefined;
  return types.includes(value.instance.type.replace(/^data\./, "")) ? value.instance : undefined;
}

/** The name that an instance has in vSphere, by one of its attributes. */
export function nameOf(instance: Instance, attribute = "name"): Maybe<string> {
  const value = instance.attribute(attribute);
  return textOf(value) ?? unknown(`\${${instance.address}.${attribute}}`);
}

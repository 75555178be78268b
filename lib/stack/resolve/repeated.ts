import { known, Maybe, Mistake, unknown } from "../../model";
import { Block, blockSource } from "../configuration";
import { Data } from "../data";
import { sortedEntries } from "../expression/collections";
import { compareTexts } from "../expression/order";
import { Step } from "../expression/syntax";
import { isList, isMap, SetOf, toNumber, typeName, Unknown, Value, whyUnknown } from "../expression/value";
import { DataScope, evaluateData } from "./evaluate-data";
import { keySuffix } from "./instance-key";

/** What a repeated block needs of the whole batch. */
export interface Batch {
  readonly mistakes: Mistake[];
  /** Counts instances of resources; false where there would be too many. */
  reserve(instances: number): boolean;
  /** The same for what is in modules. */
  reserveInModules(instances: number): boolean;
}

/** One of what count or for_each make. */
export interface Repetition {
  /** After an address: `[0]`, `["a"]`, or nothing. */
  readonly suffix: string;
  readonly key: number | string | undefined;
  readonly each: Value | undefined;
}

const ONE: Repetition = { suffix: "", key: undefined, each: undefined };

/** How instances come about. */
export interface Maker<T> {
  make(repetition: Repetition): T;
  /** False where so many are too many. */
  reserve(count: number): boolean;
}

/** A resource or a module call with its instances: one, or those that count or for_each make. */
export class Repeated<T extends object> {
  private found: Maybe<readonly T[]> | undefined;
  private standIn: T | undefined;
  private repetition: "single" | "count" | "for_each" = "single";
  private keys: readonly Repetition["key"][] = [];

  constructor(
    private readonly block: Block,
    /** As messages name it. */
    private readonly address: string,
    private readonly scope: DataScope,
    private readonly mistakes: Mistake[],
    private readonly maker: Maker<T>,
  ) {}

  /** Every instance; unknown where count or for_each is. */
  instances(): Maybe<readonly T[]> {
    // While they are looked for, a reference back is a cycle.
    if (this.found === undefined) {
      this.found = unknown(`\${${this.address}} (its count refers to itself)`);
      this.found = this.expand();
    }
    return this.found;
  }

  /** The instances, or the one that stands for all where their number is not known: its `count.index` and `each` are not known either. */
  some(): readonly T[] {
    const found = this.instances();
    return found.known ? found.value : [(this.standIn ??= this.maker.make(ONE))];
  }

  /** What a reference to the whole comes to. */
  value(of: (instance: T) => Value): Value {
    const instances = this.instances();
    if (!instances.known) return new Unknown(instances.why);
    if (this.repetition === "single") return of(instances.value[0]!);
    const values = instances.value.map(of);
    return this.repetition === "count" ? values : new Map(values.map((value, at) => [String(this.keys[at]), value]));
  }

  private expand(): Maybe<readonly T[]> {
    const { count, for_each: forEach } = this.block.body;
    // One that is given and null is no number and no map, and not the same as one that is not given.
    if (count !== undefined) return this.expandCount(count);
    if (forEach !== undefined) return this.expandForEach(forEach);
    return this.reserved(1, () => ONE);
  }

  private expandCount(data: Data): Maybe<readonly T[]> {
    this.repetition = "count";
    const value = evaluateData(data, this.scope);
    const why = whyUnknown(value);
    if (why !== undefined) return unknown(why);
    const count = toNumber(value);
    if (count === undefined || !Number.isInteger(count) || count < 0) {
      return this.mistake("count", `must be a whole number from 0, found ${count ?? typeName(value)}`);
    }
    return this.reserved(count, (index) => ({ suffix: `[${index}]`, key: index, each: undefined }));
  }

  private expandForEach(data: Data): Maybe<readonly T[]> {
    this.repetition = "for_each";
    const value = evaluateData(data, this.scope);
    const why = whyUnknown(value) ?? (isList(value) ? value.map((item) => whyUnknown(item)).find((each) => each !== undefined) : undefined);
    if (why !== undefined) return unknown(why);
    const entries = isList(value) && !(value instanceof SetOf || mayBeSet(data)) ? undefined : entriesOf(value);
    if (entries === undefined) {
      const hint = isList(value) && !(value instanceof SetOf) ? "; toset(…) makes a set of one" : "";
      return this.mistake("for_each", `must be a map or a set of strings, found ${typeName(value)}${hint}`);
    }
    return this.reserved(entries.length, (index) => {
      const [key, each] = entries[index]!;
      return { suffix: keySuffix(key), key, each };
    });
  }

  private reserved(count: number, at: (index: number) => Repetition): Maybe<readonly T[]> {
    if (!this.maker.reserve(count)) return unknown("there are more instances than are judged");
    const repetitions = Array.from({ length: count }, (_, index) => at(index));
    this.keys = repetitions.map(({ key }) => key);
    return known(repetitions.map((each) => this.maker.make(each)));
  }

  private mistake(attribute: string, message: string): Maybe<never> {
    this.mistakes.push({ ...blockSource(this.block, attribute), message: `${attribute} of ${this.address} ${message}` });
    return unknown(`${attribute} ${message}`);
  }
}

/** Whether it leads to an argument of a resource: that may be a set, though a list is written there. */
function mayBeSet(data: Data): boolean {
  return typeof data === "string" && /\b[a-z]\w*_\w*\.\w+(?:\[[^\]]*\])?\.\w/.test(data);
}

function entriesOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  if (isMap(value)) return sortedEntries(value);
  if (!isList(value) || !value.every((item) => typeof item === "string")) return undefined;
  return [...new Set(value)].sort(compareTexts).map((item) => [item, item]);
}

/** `count.index`, `each.key` and `each.value` where the block's own arguments stand; undefined for another name. */
export function ownName(
  { key, each }: Repetition,
  root: string,
  [step]: readonly Step[],
): { readonly value: Value; readonly used: number } | undefined {
  if (step?.kind !== "attribute") return undefined;
  const value = (found: Value | undefined): { readonly value: Value; readonly used: number } => ({
    value: found === undefined ? new Unknown("") : found,
    used: 1,
  });
  if (root === "count" && step.name === "index") return value(typeof key === "number" ? key : undefined);
  if (root === "each" && step.name === "key") return value(typeof key === "string" ? key : undefined);
  return root === "each" && step.name === "value" ? value(each) : undefined;
}

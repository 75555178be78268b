import * as v from "valibot";
import { Located, Mistake } from "../model";
import { InventorySchema, InventoryText } from "../schema";
import { REPORTED, Tree } from "./tree";
import { fieldsAt, invalidField, meantBy, missingField, unknownField } from "./wording";

export interface Validated {
  /** The file, without its invalid parts; absent where nothing can be made of it. */
  readonly inventory?: InventoryText;
  readonly mistakes: readonly Mistake[];
  readonly gaps: Gaps;
}

/** Which fields and lists have lost a part, so that nothing can be said of what they do not hold. */
export class Gaps {
  private readonly lost = new Map<object, Set<string | number>>();

  add(container: object, key: string | number): void {
    const keys = this.lost.get(container) ?? new Set();
    this.lost.set(container, keys.add(key));
  }

  /** Whether this very part was taken out. */
  includes(container: object, key: string | number): boolean {
    return this.lost.get(container)?.has(key) === true;
  }

  /** Whether the list at `key` is all that was written there. */
  isWhole(container: object, key: string, list: readonly unknown[] | undefined): boolean {
    return !this.includes(container, key) && (list === undefined || !this.lost.has(list));
  }
}

/** Each pass takes out what the one before it found; what is left after these is not looked at. */
const MAX_PASSES = 20;
const MAX_MISTAKES = 1000;

/**
 * Holds a tree against the schema. An invalid part is reported and taken out, and the rest is looked at again, so that
 * one mistake hides no other, nor what it means: a misspelt field is read as the one that was probably meant.
 */
export function validate({ located }: Tree): Validated {
  const mistakes: Mistake[] = [];
  const gaps = new Gaps();
  for (let pass = 0; pass < MAX_PASSES && mistakes.length < MAX_MISTAKES; pass++) {
    const { success, issues } = v.safeParse(InventorySchema, located.value);
    if (success) return { inventory: located.value as InventoryText, mistakes, gaps };
    const repair = new Repair(located, gaps, mistakes);
    const unknown = issues.filter(isUnknownField);
    for (const issue of unknown.length > 0 ? unknown : issues) repair.mend(issue);
    if (!repair.apply()) break;
  }
  return { mistakes, gaps };
}

type Issue = v.InferIssue<typeof InventorySchema>;
type Path = readonly { readonly input: object; readonly key: string | number }[];
type Container = Record<string | number, unknown>;

function isUnknownField(issue: Issue): boolean {
  return issue.type === "strict_object" && issue.expected === "never";
}

function isMissingField(issue: Issue): boolean {
  return issue.type === "strict_object" && issue.received === "undefined";
}

class Repair {
  private readonly elements = new Map<unknown[], Set<number>>();
  private readonly seen = new Map<object, Set<string | number>>();
  private hopeless = false;

  constructor(
    private readonly located: Located,
    private readonly gaps: Gaps,
    private readonly mistakes: Mistake[],
  ) {}

  mend(issue: Issue): void {
    if (this.mistakes.length >= MAX_MISTAKES) return;
    const path = (issue.path ?? []) as Path;
    const last = path.at(-1);
    if (!last) {
      this.hopeless = true;
      this.mistakes.push({ file: this.located.lines.file, line: 1, column: 1, message: invalidField(this.located.value, path, issue) });
    } else if (this.isFirst(last.input, last.key)) {
      if (isUnknownField(issue)) this.unknown(last.input as Container, path);
      else if (isMissingField(issue)) this.missing(last.input, last.key, path);
      else this.invalid(last.input as Container, last.key, path, issue);
    }
  }

  /** Takes the elements out of their lists; false where nothing is left to look at. */
  apply(): boolean {
    for (const [list, indexes] of this.elements) {
      const places = this.located.places.get(list)!;
      const kept = list.map((_, index) => index).filter((index) => !indexes.has(index));
      const values = kept.map((index) => list[index]);
      const valueAt = kept.map((index) => places.valueAt[index]!);
      list.length = 0;
      places.valueAt.length = 0;
      for (const value of values) list.push(value);
      for (const at of valueAt) places.valueAt.push(at);
    }
    return !this.hopeless;
  }

  private isFirst(container: object, key: string | number): boolean {
    const keys = this.seen.get(container) ?? new Set();
    if (keys.has(key)) return false;
    this.seen.set(container, keys.add(key));
    return true;
  }

  /** valibot names the first unknown field of an object only: all of them are looked at here. */
  private unknown(container: Container, path: Path): void {
    const known = fieldsAt(path.slice(0, -1));
    const places = this.located.places.get(container)!;
    for (const key of Object.keys(container).filter((name) => !known.includes(name))) {
      if (this.mistakes.length >= MAX_MISTAKES) return;
      const value = container[key];
      this.mistakes.push({ ...this.located.keySource(container, key), message: unknownField(key, value, path, known) });
      const meant = meantBy(key, value, known);
      if (meant && !(meant.field in container)) {
        container[meant.field] = meant.value;
        places.keys[places.keys.indexOf(key)] = meant.field;
      }
      delete container[key];
    }
  }

  private missing(container: object, key: string | number, path: Path): void {
    if (!this.gaps.includes(container, key)) {
      this.mistakes.push({ ...this.located.source(container), message: missingField(String(key), path, container) });
    }
    const parent = path.at(-2);
    if (parent) this.takeOut(parent.input as Container, parent.key);
    else this.hopeless = true;
  }

  private invalid(container: Container, key: string | number, path: Path, issue: Issue): void {
    const value = container[key];
    if (value !== REPORTED) {
      this.mistakes.push({ ...this.located.valueSource(container, key), message: invalidField(value, path, issue) });
    }
    this.takeOut(container, key);
  }

  private takeOut(container: Container, key: string | number): void {
    this.gaps.add(container, key);
    if (Array.isArray(container)) this.elements.set(container, (this.elements.get(container) ?? new Set()).add(key as number));
    else delete container[key];
  }
}

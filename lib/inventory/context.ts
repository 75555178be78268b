import { Located, Mistake, quoted, Source } from "../model";
import { Budget } from "./budget";
import { hintAmong } from "./names";
import { expandRange } from "./range";
import { Gaps } from "./validate";

/** A suggestion looks at every known name: a file with more mistakes than this gets none for the rest. */
const MAX_HINTS = 100;

/** As the schema has it for names that are no ranges. */
const MAX_NAME = 255;

/** What the expansion of one file asks and tells: where things stand, what is missing, and what is wrong. */
export class Context {
  /** Names of the hosts that have lost a device to a mistake. */
  readonly hostsWithGaps = new Set<string>();
  private hints = 0;

  constructor(
    private readonly located: Located,
    private readonly gaps: Gaps,
    private readonly mistakes: Mistake[],
    readonly budget: Budget,
    /** The file tells what a vCenter showed: what no one would write is no mistake there. */
    readonly isPulled: boolean,
  ) {}

  source(container: object): Source {
    return this.located.source(container);
  }

  /** Reports a mistake at a field's value, an element of a list, or at the object itself. */
  mistake(container: object, key: string | number | undefined, message: string): void {
    this.mistakes.push({ ...(key === undefined ? this.source(container) : this.located.valueSource(container, key)), message });
  }

  /** The names that a range stands for, where it is one and the budget allows it; else it is reported, and there are none. */
  names(name: string, container: object, key: string | number): readonly string[] {
    // Once the budget is spent, no further range is spelled out.
    const names = this.budget.spend("names", 0) === undefined ? expandRange(name) : [name];
    const wrong = "wrong" in names ? names.wrong : this.tooMuch(names);
    if (wrong !== undefined) this.mistake(container, key, `${wrong}, found ${quoted(name)}`);
    return wrong === undefined && !("wrong" in names) ? names : [];
  }

  private tooMuch(names: readonly string[]): string | undefined {
    const long = names.find(({ length }) => length > MAX_NAME);
    return long === undefined ? this.budget.spend("names", names.length) : `a name has ${MAX_NAME} characters at most`;
  }

  /** What may have been meant by a name that is not among the known ones, and which there are. */
  hint(name: string, known: Iterable<string>): string {
    return this.hints++ < MAX_HINTS ? hintAmong(name, known) : "";
  }

  /** Whether a list holds all that was written: only then a name that it lacks is a mistake. */
  isWhole(container: object, key: string, list: readonly unknown[] | undefined): boolean {
    return this.gaps.isWhole(container, key, list);
  }

  /** Whether a field was written and taken out as invalid. */
  wasInvalid(container: object, key: string): boolean {
    return this.gaps.includes(container, key);
  }

  /** The VMs of a list by each name that their own stands for; a name that an earlier one has, unless in another folder, is reported. */
  namedVms<E extends NamedVm>(elements: readonly E[], kind: string, where: string): readonly NamedElement<E>[] {
    const seen = new Map<string, Set<string | undefined>>();
    return elements.flatMap((element) => {
      const names = this.names(element.name, element, "name");
      const tooMany = this.budget.spend("VMs", names.length * (element.count ?? 1));
      if (tooMany !== undefined) {
        this.mistake(element, "name", tooMany);
        return [];
      }
      const { folder } = element;
      const twice = names.find((name) => {
        const folders = seen.get(name);
        return folders && (folder === undefined || folders.has(undefined) || folders.has(folder));
      });
      if (twice !== undefined) {
        const there = folder === undefined ? where : `folder ${quoted(folder)} of ${where}`;
        this.mistake(element, "name", `${kind} ${quoted(twice)} is declared twice in ${there}`);
      }
      for (const name of names) seen.set(name, (seen.get(name) ?? new Set()).add(folder));
      return names.map((name, index) => ({ element, name, index, size: names.length }));
    });
  }

  /** Reports an identifier that all of a range would have, or that an earlier element has. */
  refuseShared<F extends string>(
    element: { readonly [field in F]?: string },
    field: F,
    size: number,
    kind: string,
    seen: Set<string>,
  ): void {
    const value = element[field];
    if (value === undefined) return;
    if (size > 1) this.mistake(element, field, `${size} ${kind}s can't share one ${field}`);
    else if (seen.has(value.toLowerCase())) this.mistake(element, field, `${field} ${quoted(value)} is another ${kind}'s already`);
    seen.add(value.toLowerCase());
  }

  /** Reports every element whose name an earlier one has. */
  refuseTwice(elements: readonly Named[], kind: string, where: string): void {
    const seen = new Set<string>();
    for (const element of elements) {
      if (seen.has(element.name)) this.mistake(element, "name", `${kind} ${quoted(element.name)} is declared twice in ${where}`);
      seen.add(element.name);
    }
  }
}

interface Named {
  readonly name: string;
}

interface NamedVm extends Named {
  readonly count?: number;
  readonly folder?: string;
}

/** One of the names that an element's own stands for, and which of them. */
interface NamedElement<E> {
  readonly element: E;
  readonly name: string;
  readonly index: number;
  readonly size: number;
}

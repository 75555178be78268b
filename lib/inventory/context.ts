import { Located, Mistake, quoted, Source } from "../model";
import { Budget } from "./budget";
import { hintAmong } from "./names";
import { Gaps } from "./validate";

/** A suggestion looks at every known name: a file with more mistakes than this gets none for the rest. */
const MAX_HINTS = 100;

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
  ) {}

  source(container: object): Source {
    return this.located.source(container);
  }

  /** Reports a mistake at a field's value, an element of a list, or at the object itself. */
  mistake(container: object, key: string | number | undefined, message: string): void {
    this.mistakes.push({ ...(key === undefined ? this.source(container) : this.located.valueSource(container, key)), message });
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

  /** Reports every element whose name an earlier one has. */
  refuseTwice(elements: readonly { readonly name: string }[], kind: string, where: string): void {
    const seen = new Set<string>();
    for (const element of elements) {
      if (seen.has(element.name)) this.mistake(element, "name", `${kind} ${quoted(element.name)} is declared twice in ${where}`);
      seen.add(element.name);
    }
  }
}

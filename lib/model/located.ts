import { Offsets } from "./offsets";
import { Source } from "./source";

/** Where the parts of one object or list stand in its text, as offsets. A list has no keys; its parts are numbered. */
export interface Places {
  readonly at: number;
  readonly keys: string[];
  readonly keyAt: number[];
  readonly valueAt: number[];
}

/** The places of the parts of any object or list of one file. */
export interface PlacesOf {
  get(container: object): Places | undefined;
}

/** Turns an offset into a line and a column. */
export class Lines {
  private starts: Offsets | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  at(offset: number): Source {
    this.starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts.at(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - this.starts.at(low) + 1 };
  }
}

function lineStarts(text: string): Offsets {
  const starts = new Offsets();
  starts.push(0);
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

/**
 * Plain data read from a file, which knows where each part of it was written. Its objects have no prototype,
 * so that `__proto__` and `constructor` are keys like any other.
 */
export class Located {
  constructor(
    readonly lines: Lines,
    readonly value: unknown,
    readonly places: PlacesOf,
  ) {}

  /** Where the object or list begins. */
  source(container: object): Source {
    return this.lines.at(this.placesOf(container).at);
  }

  /** Where the name of the part is written; for a part of a list, where the part begins. */
  keySource(container: object, key: string | number): Source {
    const places = this.placesOf(container);
    return this.lines.at(places.keyAt[partIndex(places, key)] ?? places.valueAt[partIndex(places, key)] ?? places.at);
  }

  /** Where the part itself begins; where there is none, its container. */
  valueSource(container: object, key: string | number): Source {
    const places = this.placesOf(container);
    return this.lines.at(places.valueAt[partIndex(places, key)] ?? places.at);
  }

  private placesOf(container: object): Places {
    const places = this.places.get(container);
    if (!places) throw new Error("an object that was not read from this file");
    return places;
  }
}

function partIndex(places: Places, key: string | number): number {
  return typeof key === "number" ? key : places.keys.indexOf(key);
}

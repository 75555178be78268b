import { Offsets, Places, PlacesOf } from "../model";
import { unescaped } from "./unescaped";

/** Shared by all lists, which have no keys. */
const NONE: never[] = [];

/**
 * Where the parts of every object and list of a text stand. A large file has hundreds of thousands of them, and few are ever
 * asked for: all offsets are in one list, and the Places of an object are made when they are asked for.
 */
export class JsonPlaces implements PlacesOf {
  /** For each object or list that was closed: its own offset, how many offsets follow, and those of its parts. */
  private readonly closed = new Offsets();
  /** Where in `closed` an object or list begins. */
  private readonly starts = new Map<object, number>();
  /** The parts of what is still open, the outermost first. */
  private readonly pending = new Offsets();
  private readonly made = new Map<object, Places>();

  constructor(private readonly text: string) {}

  /** Begins an object or a list: what it returns is for `close`. */
  open(): number {
    return this.pending.length;
  }

  /** A member of the innermost open object. */
  member(keyAt: number, valueAt: number): void {
    this.pending.push(keyAt);
    this.pending.push(valueAt);
  }

  /** An item of the innermost open list. */
  item(valueAt: number): void {
    this.pending.push(valueAt);
  }

  close(container: object, at: number, opened: number): void {
    const { closed, pending } = this;
    this.starts.set(container, closed.length);
    closed.push(at);
    closed.push(pending.length - opened);
    for (let part = opened; part < pending.length; part++) closed.push(pending.at(part));
    pending.cut(opened);
  }

  get(container: object): Places | undefined {
    let places = this.made.get(container);
    if (places === undefined) {
      const start = this.starts.get(container);
      if (start === undefined) return undefined;
      this.made.set(container, (places = this.make(start, Array.isArray(container))));
    }
    return places;
  }

  private make(start: number, isList: boolean): Places {
    const at = this.closed.at(start);
    const parts = this.closed.slice(start + 2, start + 2 + this.closed.at(start + 1));
    if (isList) return { at, keys: NONE, keyAt: NONE, valueAt: parts };
    const keyAt = parts.filter((_, index) => index % 2 === 0);
    const valueAt = parts.filter((_, index) => index % 2 === 1);
    return { at, keys: keyAt.map((from, index) => this.keyBetween(from, valueAt[index]!)), keyAt, valueAt };
  }

  /** Between a key's quotes and its value there is nothing but a colon and space. */
  private keyBetween(keyAt: number, valueAt: number): string {
    return unescaped(this.text, keyAt, this.text.lastIndexOf('"', valueAt - 1) + 1)!;
  }
}

/**
 * A value that an input determines, or the reason why it does not.
 * There is no way to read `value` without looking at `known` first: unknown never becomes a pass by accident.
 */
export type Maybe<T> = Known<T> | Unknown;

export interface Known<T> {
  readonly known: true;
  readonly value: T;
}

export interface Unknown {
  readonly known: false;
  /** Why, for the reader: the expression that could not be resolved, for example `${var.count}`. */
  readonly why: string;
}

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function unknown(why: string): Unknown {
  return { known: false, why };
}

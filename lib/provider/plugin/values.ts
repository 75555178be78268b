import type { Attribute, Block, NestedBlock, Type } from "./schema";

/** A value that only an apply tells. */
export const UNKNOWN = Symbol("known after apply");
export type Unknown = typeof UNKNOWN;

/**
 * A value as Terraform's, without its types: lists, sets, maps and objects are arrays and plain objects.
 * A number is exactly the decimal that it prints as; one that no JavaScript number prints (2^53 + 1) never gets here.
 */
export type Value = string | number | boolean | null | Unknown | readonly Value[] | { readonly [name: string]: Value };

/** The value of a type, known at every depth. */
export type Known<T extends Type> = T extends "string"
  ? string
  : T extends "number"
    ? number
    : T extends "bool"
      ? boolean
      : T extends { readonly list: infer E extends Type } | { readonly set: infer E extends Type }
        ? readonly Known<E>[]
        : T extends { readonly map: infer E extends Type }
          ? Readonly<Record<string, Known<E>>>
          : T extends { readonly object: infer O extends Readonly<Record<string, Type>> }
            ? { readonly [N in keyof O]: Known<O[N]> | null }
            : never;

/** The same, unknown at any depth. */
export type Possible<T extends Type> =
  | Unknown
  | (T extends { readonly list: infer E extends Type } | { readonly set: infer E extends Type }
      ? readonly Possible<E>[]
      : T extends { readonly map: infer E extends Type }
        ? Readonly<Record<string, Possible<E>>>
        : T extends { readonly object: infer O extends Readonly<Record<string, Type>> }
          ? { readonly [N in keyof O]: Possible<O[N]> | null }
          : Known<T>);

/** The attributes and blocks of any schema, by name. */
export type Fields = { readonly [name: string]: Value };

/** What the user wrote, before everything is known: null where not given, and everything computed null. */
export type Config<B extends Block> = Block extends B
  ? Fields
  : {
      readonly [N in keyof B["attributes"]]: Possible<B["attributes"][N]["type"]> | Absent<B["attributes"][N]>;
    } & { readonly [N in keyof Blocks<B>]: Unknown | readonly Config<Extract<Blocks<B>[N], Block>>[] };

/** What is to be made: everything that the user gave is known, what the provider tells may be unknown. */
export type Planned<B extends Block> = Block extends B
  ? Fields
  : {
      readonly [N in keyof B["attributes"]]: B["attributes"][N]["use"] extends "required" | "optional"
        ? Known<B["attributes"][N]["type"]> | Absent<B["attributes"][N]>
        : Possible<B["attributes"][N]["type"]> | null;
    } & { readonly [N in keyof Blocks<B>]: readonly Planned<Extract<Blocks<B>[N], Block>>[] };

/** What is there. */
export type State<B extends Block> = Block extends B
  ? Fields
  : {
      readonly [N in keyof B["attributes"]]: Known<B["attributes"][N]["type"]> | Absent<B["attributes"][N]>;
    } & { readonly [N in keyof Blocks<B>]: readonly State<Extract<Blocks<B>[N], Block>>[] };

type Absent<A extends Attribute> = A["use"] extends "required" ? never : null;
type Blocks<B extends Block> = B extends { readonly blocks: infer N extends Readonly<Record<string, NestedBlock>> }
  ? N
  : Record<never, Block>;

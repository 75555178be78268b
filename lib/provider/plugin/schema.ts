/** What an attribute holds, in Terraform's terms. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | { readonly list: Type }
  | { readonly set: Type }
  | { readonly map: Type }
  | { readonly object: Readonly<Record<string, Type>> };

export interface Attribute {
  readonly type: Type;
  /**
   * Who gives the value: the user must (required), may (optional), the provider alone (computed), or the provider where the user
   * does not (optional-computed).
   */
  readonly use: "required" | "optional" | "computed" | "optional-computed";
  readonly description: string;
  readonly sensitive?: boolean;
  /** A change replaces the resource. */
  readonly forceNew?: boolean;
  /** The value of an optional attribute that the user does not give. */
  readonly default?: string | number | boolean;
  /** An update leaves the computed value as it is, so that a plan knows it. */
  readonly stable?: boolean;
}

/** What can be given a time of its own. */
export type Operation = "create" | "read" | "update" | "delete";

export interface Block {
  readonly description: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Repeatable nested blocks. */
  readonly blocks?: Readonly<Record<string, NestedBlock>>;
  /** How long each operation may take unless a nested block `timeouts` says otherwise: Go's notation, 20m. */
  readonly timeouts?: Readonly<Partial<Record<Operation, string>>>;
}

/** What a provider tells of many things is no nested block, but a computed list of objects. */
export interface NestedBlock extends Omit<Block, "timeouts"> {
  readonly attributes: Readonly<Record<string, Attribute & { readonly use: "required" | "optional" }>>;
  /** @default "list" */
  readonly nesting?: "list" | "set";
  /** How many there must be. */
  readonly minItems: number;
  /** @default - as many as the user likes */
  readonly maxItems?: number;
  /** A change in any of them, or of their number, replaces the resource. */
  readonly forceNew?: boolean;
}

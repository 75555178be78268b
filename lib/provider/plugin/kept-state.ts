import { blockType, decodeObject, fieldsOf, own, parse, toValue, ValueError } from "./dynamic-value";
import type { Message } from "./messages";
import { Diagnostic, OperationError } from "./resource";
import type { Block } from "./schema";
import type { Fields, Value } from "./values";

export interface KeptState {
  readonly fields: Fields | null;
  /** What was left out. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A state as Terraform kept it, which may have been spoiled, or written by another version. What the schema has not is left out, and what
 * it has gained is null; so is what is no value of its type, with a warning, if the next read or apply mends it.
 *
 * @throws OperationError where the state can't be used, which says how to get rid of it
 */
export function keptState(block: Block, { json }: Message<"RawState"> = {}): KeptState {
  const diagnostics: Diagnostic[] = [];
  const valueOf = (name: string, read: () => Value): Value => {
    try {
      return read();
    } catch (error) {
      const attribute = block.attributes[name];
      const isMended = name === "timeouts" || (attribute !== undefined && attribute.use !== "required" && attribute.forceNew !== true);
      if (!(error instanceof ValueError) || !isMended) throw error;
      diagnostics.push({ severity: "warning", summary: `the state's ${name} is left out: ${error.message}`, path: [name] });
      return null;
    }
  };
  return usable(block, diagnostics, () => {
    const sent = parse(json);
    if (sent === null) return null;
    const fields = fieldsOf(sent, []);
    const types = Object.entries((blockType(block) as ObjectType).object);
    const nothing = (name: string): Value => (Object.hasOwn(block.blocks ?? {}, name) ? [] : null);
    return Object.fromEntries(
      types.map(([name, type]) => [name, valueOf(name, () => toValue(type, own(fields, name), [name])) ?? nothing(name)]),
    );
  });
}

/** The state that Terraform hands to an operation. @throws OperationError as `keptState` does */
export function priorState(block: Block, sent: Message<"DynamicValue"> | undefined): Fields | null {
  return usable(block, [], () => decodeObject(block, sent)).fields;
}

type ObjectType = { readonly object: Readonly<Record<string, Parameters<typeof toValue>[0]>> };

function usable(block: Block, diagnostics: readonly Diagnostic[], read: () => Fields | null): KeptState {
  try {
    const fields = read();
    const missing = fields && namesNeeded(block).find((name) => fields[name] === null || isEmpty(fields[name]));
    if (missing) throw new ValueError([missing], `it has no ${missing}`);
    return { fields, diagnostics };
  } catch (error) {
    if (!(error instanceof ValueError || error instanceof SyntaxError)) throw error;
    throw new OperationError([{ severity: "error", summary: `the state can't be used: ${error.message}`, detail: WAY_OUT }]);
  }
}

function namesNeeded({ attributes, blocks = {} }: Block): readonly string[] {
  const required = Object.entries(attributes).filter(([, { use }]) => use === "required");
  return [...required, ...Object.entries(blocks).filter(([, { minItems }]) => minItems > 0)].map(([name]) => name);
}

function isEmpty(value: Value | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

const WAY_OUT =
  "It was changed by something else, or written by another version. Nothing was touched. Let Terraform forget the resource (terraform state " +
  "rm with its address); then import it, or where that can't be done, look whether what it stands for is still wanted, and apply again.";

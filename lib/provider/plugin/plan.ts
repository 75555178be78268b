import { isDeepStrictEqual } from "node:util";
import type { AttributePath } from "./resource";
import type { Attribute, Block } from "./schema";
import { withTimeouts } from "./timeouts";
import { Fields, UNKNOWN, Value } from "./values";

export interface Plan {
  readonly planned: Fields;
  readonly requiresReplace: readonly AttributePath[];
}

/**
 * What a schema alone makes of a configuration: its values and the defaults; what the provider tells is unknown, except where
 * nothing changes (then the plan is the prior state, else there would be no end of changes) and where it is stable.
 */
export function planBySchema(block: Block, prior: Fields | null, config: Fields): Plan {
  const wanted = given(block, config);
  const names = Object.keys(wanted);
  const told = Object.entries(block.attributes).filter(([name, attribute]) => isTold(attribute, wanted[name]!));
  const isToldName = new Set(told.map(([name]) => name));
  const changed = prior === null ? names : names.filter((name) => !isToldName.has(name) && !isDeepStrictEqual(wanted[name], prior[name]));
  if (prior !== null && changed.length === 0) {
    // Another timeout changes nothing of what is there.
    if (isDeepStrictEqual(config["timeouts"] ?? null, prior["timeouts"] ?? null)) return { planned: prior, requiresReplace: [] };
    return { planned: withTimeouts(block, prior, config), requiresReplace: [] };
  }

  const answers = told.map(([name, { stable }]) => [name, prior !== null && stable ? prior[name]! : UNKNOWN] as const);
  const replacing = prior === null ? [] : changed.filter((name) => (block.attributes[name] ?? block.blocks?.[name])?.forceNew);
  return {
    planned: withTimeouts(block, { ...wanted, ...Object.fromEntries(answers) }, config),
    requiresReplace: replacing.map((name) => [name]),
  };
}

/** Every attribute and block as the user gave it, with the defaults. */
function given(block: Block, config: Fields): Fields {
  const attributes = Object.entries(block.attributes).map(
    ([name, attribute]) => [name, config[name] ?? attribute.default ?? null] as const,
  );
  const blocks = Object.entries(block.blocks ?? {}).map(([name, nested]) => {
    const all = config[name]!;
    return [name, all === UNKNOWN ? UNKNOWN : (all as readonly Fields[]).map((each) => givenNested(nested, each))] as const;
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** A block of a set can be unknown as a whole. */
function givenNested(nested: Block, config: Fields | typeof UNKNOWN): Value {
  return config === UNKNOWN ? UNKNOWN : given(nested, config);
}

function isTold({ use }: Attribute, wanted: Value): boolean {
  return use === "computed" || (use === "optional-computed" && wanted === null);
}

import { HclBlock, HclBody, HclValue, parseHcl } from "../../hcl";
import { InputError, Lines, Located, Mistake, Places, quoted } from "../../model";
import { NativeFile } from "../configuration";
import { Data, DataMap } from "../data";

/** Labels of the blocks at the top of a file; those of other blocks don't matter. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  resource: ["type", "name"],
  data: ["type", "name"],
  variable: ["name"],
  output: ["name"],
  module: ["name"],
  provider: ["name"],
  check: ["name"],
  locals: [],
  terraform: [],
  moved: [],
  removed: [],
  import: [],
};

/** The blocks that these may have inside: what else is written as a block is a map of Terraform 0.11, or a slip. */
const NESTED: Readonly<Record<string, readonly string[]>> = { variable: ["validation"], output: ["precondition"], locals: [] };

/**
 * Reads Terraform's native syntax into what its JSON syntax would hold, with the place of every block and attribute: one reader
 * is then enough for both. Throws InputError.
 */
export function readHclAsJson(file: string, text: string): Located {
  const { lines, body } = parseHcl(file, text);
  const mistakes = body.blocks.flatMap((block): readonly Mistake[] => {
    const expected = Object.hasOwn(LABELS, block.type) ? LABELS[block.type]! : undefined;
    if (expected === undefined) return [];
    if (block.labels.length === expected.length) return nestedMistakes(block, lines);
    const example = [block.type, ...expected.map((label) => `"${label.toUpperCase()}"`)].join(" ");
    return [{ ...lines.at(block.at), message: `expected ${example}, found ${quoted([block.type, ...labelsOf(block)].join(" "))}` }];
  });
  if (mistakes.length > 0) throw new InputError(mistakes);
  const converter = new Converter();
  return new NativeFile(lines, converter.body(body, 0), converter.places);
}

function nestedMistakes({ type, body }: HclBlock, lines: Lines): readonly Mistake[] {
  const allowed = Object.hasOwn(NESTED, type) ? NESTED[type]! : undefined;
  const others = allowed === undefined ? [] : body.blocks.filter((inner) => !allowed.includes(inner.type));
  return others.map((inner) => ({
    ...lines.at(inner.at),
    message: `${type} has no block ${quoted(inner.type)}: a value is written with an equals sign, ${inner.type} = {`,
  }));
}

function labelsOf({ labels }: HclBlock): readonly string[] {
  return labels.map(({ text }) => text);
}

interface Part {
  readonly key: string;
  readonly at: number;
  readonly valueAt: number;
  readonly value: Data;
}

class Converter {
  readonly places = new Map<object, Places>();

  /** Blocks of one type become a list: JSON allows that wherever it allows an object. */
  body({ attributes, blocks }: HclBody, at: number): DataMap {
    const byType = new Map<string, HclBlock[]>();
    for (const block of blocks) {
      const others = byType.get(block.type);
      if (others === undefined) byType.set(block.type, [block]);
      else others.push(block);
    }
    const values = attributes.map(({ name, at: nameAt, valueAt, value }) => ({
      key: name,
      at: nameAt,
      valueAt,
      value: this.value(value, valueAt),
    }));
    const lists = [...byType].map(([key, same]) => ({ key, at: same[0]!.at, valueAt: same[0]!.at, value: this.blocks(same) }));
    return this.map(at, [...values, ...lists]);
  }

  private blocks(blocks: readonly HclBlock[]): Data {
    const list = blocks.map((block) =>
      // The place of a block is where it begins, whichever of its labels is asked for.
      [...labelsOf(block)]
        .reverse()
        .reduce(
          (value: DataMap, key) => this.map(block.at, [{ key, at: block.at, valueAt: block.at, value }]),
          this.body(block.body, block.at),
        ),
    );
    return this.list(
      blocks[0]!.at,
      list,
      blocks.map(({ at }) => at),
    );
  }

  /** Inside an expression everything is where the expression begins. */
  private value(value: HclValue, at: number): Data {
    if (isList(value))
      return this.list(
        at,
        value.map((item) => this.value(item, at)),
        value.map(() => at),
      );
    if (typeof value !== "object" || value === null) return value;
    return this.map(
      at,
      Object.keys(value).map((key) => ({ key, at, valueAt: at, value: this.value(value[key]!, at) })),
    );
  }

  private map(at: number, parts: readonly Part[]): DataMap {
    const map = Object.create(null) as Record<string, Data>;
    for (const { key, value } of parts) map[key] = value;
    const places = {
      at,
      keys: parts.map(({ key }) => key),
      keyAt: parts.map((part) => part.at),
      valueAt: parts.map(({ valueAt }) => valueAt),
    };
    this.places.set(map, places);
    return map;
  }

  private list(at: number, list: readonly Data[], valueAt: number[]): Data {
    this.places.set(list, { at, keys: [], keyAt: [], valueAt });
    return list;
  }
}

function isList(value: HclValue): value is readonly HclValue[] {
  return Array.isArray(value);
}

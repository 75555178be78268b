import { passthruProvider } from "../../lib/provider";
import { Block, Fields, UNKNOWN, Value } from "../../lib/provider/plugin";

const all = { ...passthruProvider.resources, ...passthruProvider.dataSources };

/** Every place of a text in a configuration: the configuration with another text there, and the path to it. */
function places(block: Block, with_: string): readonly (readonly [path: string, config: Fields])[] {
  const empty = Object.fromEntries([
    ...Object.keys(block.attributes).map((name) => [name, null] as const),
    ...Object.keys(block.blocks ?? {}).map((name) => [name, []] as const),
  ]);
  const attributes = Object.entries(block.attributes).flatMap(([name, { type, use }]): [string, Value][] => {
    if (use === "computed") return [];
    if (type === "string") return [[name, with_]];
    return typeof type === "object" && "list" in type && type.list === "string" ? [[name, ["fine", with_]]] : [];
  });
  const own = attributes.map(([name, value]) => [Array.isArray(value) ? `${name}.1` : name, { ...empty, [name]: value }] as const);
  const nested = Object.entries(block.blocks ?? {}).flatMap(([name, inner]) =>
    places(inner, with_).map(([path, config]) => [`${name}.0.${path}`, { ...empty, [name]: [config] }] as const),
  );
  return [...own, ...nested];
}

const summaries = (type: keyof typeof all, config: Fields): readonly string[] =>
  (all[type].validate?.(config) ?? []).map(({ summary, path }) => `${path?.join(".")}: ${summary}`);

const types = Object.keys(all) as (keyof typeof all)[];

describe.each(types)("%s", (type) => {
  it.each([
    ["U+0000", "a\u0000b"],
    ["U+000A", "a\nb"],
    ["U+009B", "a\u009b31m"],
    ["U+2028", "a\u2028b"],
    ["U+202E", "a\u202eb"],
    ["U+FFFF", "a\uffffb"],
    ["U+D800", "a\ud800b"],
  ])("says of every text that has %s where it is, and not what", (code, text) => {
    for (const [path, config] of places(all[type].schema, text)) {
      const why = `has the character ${code}, which vCenter can't keep or nobody can see`;
      expect(summaries(type, config)).toContainEqual(`${path}: ${path} ${why}`);
    }
  });

  it("says of every text that it is too long", () => {
    for (const [path, config] of places(all[type].schema, "é".repeat(10_000_000))) {
      expect(summaries(type, config)).toContainEqual(`${path}: ${path} has 10000000 characters, expected at most 1000`);
    }
  });

  it("takes what people write, and what is not known yet", () => {
    for (const text of ["Trainings-GPU äöü", "推論 🙂", "a".repeat(1000)]) {
      for (const [path, config] of places(all[type].schema, text)) {
        expect(summaries(type, config).filter((summary) => summary.startsWith(`${path}: ${path} has `))).toEqual([]);
      }
    }
    const [, config] = places(all[type].schema, "")[0]!;
    expect(summaries(type, Object.fromEntries(Object.keys(config).map((name) => [name, UNKNOWN])))).toEqual([]);
  });
});

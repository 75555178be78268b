import { isDeepStrictEqual } from "node:util";
import { decodeObject, encodeObject } from "../../../lib/provider/plugin/dynamic-value";
import { exactNumber, sentNumber } from "../../../lib/provider/plugin/exact-number";
import { planBySchema } from "../../../lib/provider/plugin/plan";
import { Attribute, Block, Fields, Type, UNKNOWN, Value } from "../../../lib/provider/plugin";
import * as fc from "../../properties";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);

describe("a number", () => {
  test("that is sent comes back as it was", () => {
    fc.assert(fc.property(finite, (number) => exactNumber(sentNumber(number)) === number));
  });

  test("that is whole is kept as it is or refused", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (whole) => {
        const kept = exactNumber(whole);
        return kept === undefined
          ? whole > 2n ** 53n || whole < -(2n ** 53n)
          : String(kept).includes("e") || BigInt(String(kept)) === whole;
      }),
    );
  });

  test("of at most 15 digits is kept, however it is written", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 15 - 1 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 3 }),
        (digits, shift, zeros) => {
          const text = `${String(digits).padStart(shift + 1, "0")}`;
          const decimal = `${"0".repeat(zeros)}${text.slice(0, text.length - shift)}.${text.slice(text.length - shift)}${"0".repeat(zeros)}`;
          return exactNumber(decimal) === Number(`${digits}e-${shift}`);
        },
      ),
    );
  });

  test.each(["", "-", ".5", "1e", "0x10", "NaN", "Infinity", "1_000", " 1", "1e999999999", "9".repeat(40)])("is not %j", (text) => {
    expect(exactNumber(text)).toBeUndefined();
  });
});

const typeOf = fc.letrec<{ readonly type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Type>("string", "number", "bool"),
    fc.record({ list: tie("type") }),
    fc.record({ set: tie("type") }),
    fc.record({ map: tie("type") }),
    fc.record({
      object: fc.dictionary(
        fc.string({ maxLength: 5 }).filter((name) => name !== "__proto__"),
        tie("type"),
        { maxKeys: 3, noNullPrototype: true },
      ),
    }),
  ),
})).type;

function valueOf(type: Type): fc.Arbitrary<Value> {
  const mayBeUnknown = (known: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 9, arbitrary: known }, { weight: 1, arbitrary: fc.constant(UNKNOWN) });
  if (type === "string") return mayBeUnknown(fc.string());
  if (type === "number") return mayBeUnknown(finite);
  if (type === "bool") return mayBeUnknown(fc.boolean());
  if ("list" in type) return mayBeUnknown(fc.array(valueOf(type.list), { maxLength: 3 }));
  if ("set" in type) return mayBeUnknown(fc.array(valueOf(type.set), { maxLength: 3 }));
  if ("map" in type)
    return mayBeUnknown(
      fc.dictionary(
        fc.string({ maxLength: 5 }).filter((name) => name !== "__proto__"),
        valueOf(type.map),
        { maxKeys: 3, noNullPrototype: true },
      ),
    );
  return mayBeUnknown(recordOf(Object.entries(type.object).map(([name, each]) => [name, fc.option(valueOf(each))])));
}

function recordOf(fields: readonly (readonly [string, fc.Arbitrary<Value>])[]): fc.Arbitrary<Fields> {
  const model: Readonly<Record<string, fc.Arbitrary<Value>>> = Object.fromEntries(fields);
  return fc.record(model, { noNullPrototype: true });
}

const attribute: fc.Arbitrary<Attribute> = fc.record(
  {
    type: typeOf,
    use: fc.constantFrom("required" as const, "optional" as const, "computed" as const, "optional-computed" as const),
    description: fc.constant(""),
    stable: fc.boolean(),
    forceNew: fc.boolean(),
  },
  { requiredKeys: ["type", "use", "description"] },
);

const schemaAndConfig = fc
  .dictionary(fc.constantFrom("a", "b", "c", "constructor", "toString"), attribute, { minKeys: 1, maxKeys: 4 })
  .map((attributes): Block => ({ description: "", attributes }))
  .chain((schema) => fc.tuple(fc.constant(schema), configOf(schema), configOf(schema)));

function configOf({ attributes }: Block): fc.Arbitrary<Fields> {
  return recordOf(
    Object.entries(attributes).map(([name, { type, use }]) => {
      if (use === "computed") return [name, fc.constant(null)];
      return [name, use === "required" ? valueOf(type) : fc.option(valueOf(type))];
    }),
  );
}

test("a value of any type is read as it was written", () => {
  fc.assert(
    fc.property(schemaAndConfig, ([schema, config]) => {
      expect(decodeObject(schema, encodeObject(schema, config))).toEqual(config);
    }),
  );
});

test("a value that leaves something out, or has too much, is never sent", () => {
  fc.assert(
    fc.property(schemaAndConfig, ([schema, config]) => {
      const [first] = Object.keys(config);
      const { [first!]: _, ...less } = config;
      expect(() => encodeObject(schema, less)).toThrow("says nothing of");
      expect(() => encodeObject(schema, { ...config, surplus: 1 })).toThrow("surplus");
    }),
  );
});

describe("a plan", () => {
  /** What an apply could make of it. */
  const applied = (planned: Fields): Fields =>
    Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, value === UNKNOWN ? null : value]));

  test("has what the user gave, and unknown is only what the provider tells", () => {
    fc.assert(
      fc.property(schemaAndConfig, ([schema, config]) => {
        const { planned, requiresReplace } = planBySchema(schema, null, config);
        expect(requiresReplace).toEqual([]);
        for (const [name, { use }] of Object.entries(schema.attributes)) {
          const isTold = use === "computed" || (use === "optional-computed" && config[name] === null);
          expect(planned[name]).toEqual(isTold ? UNKNOWN : config[name]);
        }
      }),
    );
  });

  test("after an apply of the same configuration is the state itself", () => {
    fc.assert(
      fc.property(schemaAndConfig, ([schema, config]) => {
        const known = applied(config);
        const state = applied(planBySchema(schema, null, known).planned);
        expect(planBySchema(schema, state, known).planned).toBe(state);
      }),
    );
  });

  test("of another configuration replaces for changes that need it, and for no others", () => {
    fc.assert(
      fc.property(schemaAndConfig, ([schema, before, after]) => {
        const state = applied(planBySchema(schema, null, applied(before)).planned);
        const { planned, requiresReplace } = planBySchema(schema, state, after);
        for (const [name, { forceNew, stable, use }] of Object.entries(schema.attributes)) {
          const isTold = use === "computed" || (use === "optional-computed" && after[name] === null);
          const isChanged = !isTold && !isDeepStrictEqual(planned[name], state[name]);
          expect(requiresReplace.some(([path]) => path === name)).toBe(Boolean(forceNew) && isChanged);
          if (isTold && stable) expect(planned[name]).toEqual(state[name]);
        }
      }),
    );
  });
});

import * as fc from "../properties";
import { parseJson } from "../../lib/json";
import { formatMistake, InputError } from "../../lib/model";

describe("what is valid is what JSON.parse says", () => {
  test("of any tree", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(JSON.stringify(parseJson("a.json", text).value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test("of any text made of JSON's own tokens", () => {
    const token = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"b\\u0041"',
      '"\\x"',
      '"',
      "1",
      "-0.5e3",
      "01",
      "1.",
      "+1",
      "true",
      "nul",
      " ",
      "\n",
      "\t",
      "\u00a0",
      "//",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const text = tokens.join("");
        const theirs = attempt(() => JSON.stringify(JSON.parse(text)));
        const ours = attempt(() => JSON.stringify(parseJson("a.json", text).value));
        // A key given twice is the one thing that JSON.parse lets pass and we don't.
        if (ours === undefined && theirs !== undefined) expect(mistakeOf(text)).toContain("given twice");
        else expect(ours).toBe(theirs);
      }),
      { numRuns: 3000 },
    );
  });
});

test.each([
  ['{"a": 1,\n "a": 2}', 'a.json:2:2  key "a" is given twice'],
  ['{"a": {"b": 1, "\\u0062": 2}}', 'a.json:1:16  key "b" is given twice'],
  ['{"__proto__": 1, "__proto__": 2}', 'a.json:1:18  key "__proto__" is given twice'],
  ['{"a":\n [1, 2', 'a.json:2:2  "[" is never closed: the file ends first'],
  ['{"a": 1', 'a.json:1:1  "{" is never closed: the file ends first'],
  ['{"a": [1,]}', 'a.json:1:10  found a comma before "]", which JSON does not allow'],
  ['{"a" 1}', 'a.json:1:6  found "1", expected ":" after key "a"'],
  ["{a: 1}", 'a.json:1:2  found "a", expected a key in double quotes'],
  ['{"a": yes}', 'a.json:1:7  found "yes", expected a value'],
  ['{"a": "x\n"}', "a.json:1:7  a string is not closed on its line"],
  ["{} {}", 'a.json:1:4  found "{" after the end of the JSON value'],
  ["", "a.json:1:1  found the end of the file, expected a value"],
  ["[".repeat(200_000), "a.json:1:101  nested more than 100 deep"],
])("%j is a located mistake", (text, expected) => {
  expect(mistakeOf(text)).toBe(expected);
});

test("every part knows where its key and its value stand", () => {
  const json = parseJson("a.json", '{\n  "hosts": [\n    { "name": "a" },\n    7\n  ]\n}');
  const root = json.value as { hosts: [{ name: string }, number] };
  expect(json.source(root.hosts[0])).toEqual({ file: "a.json", line: 3, column: 5 });
  expect(json.keySource(root.hosts[0], "name")).toEqual({ file: "a.json", line: 3, column: 7 });
  expect(json.valueSource(root.hosts[0], "name")).toEqual({ file: "a.json", line: 3, column: 15 });
  expect(json.valueSource(root.hosts, 1)).toEqual({ file: "a.json", line: 4, column: 5 });
  expect(json.keySource(root, "missing")).toEqual({ file: "a.json", line: 1, column: 1 });
});

test("prototype names are keys like any other", () => {
  const value = parseJson("a.json", '{"__proto__": {"polluted": 1}, "constructor": 2}').value as Record<string, unknown>;
  expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

describe("what is not to be read", () => {
  const read = (text: string) => parseJson("a.json", text, new Set(["big"])).value;

  test.each<[string, unknown]>([
    ['{"big": {"a": "}", "b": [{}, "\\"]"]}, "c": 1}', { big: null, c: 1 }],
    ['{"a": 1, "big": [[], {"x": {}}] }', { a: 1, big: null }],
    ['{"big": "x", "c": {"big": {"d": 1}}}', { big: "x", c: { big: { d: 1 } } }],
  ])("is passed over at the top: %s", (text, value) => expect(JSON.parse(JSON.stringify(read(text)))).toEqual(value));

  test("must be closed all the same", () => {
    expect(attempt(() => read('{"big": {"a": [1, 2}'))).toBeUndefined();
    expect(attempt(() => read('{"big": [" ]}'))).toBeUndefined();
  });
});

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function mistakeOf(text: string): string {
  try {
    parseJson("a.json", text);
  } catch (error) {
    if (error instanceof InputError) return error.mistakes.map(formatMistake).join("\n");
    throw error;
  }
  throw new Error("no mistake was found");
}

import * as fc from "../properties";
import { HclBody, HclValue, literalText, parseHcl } from "../../lib/hcl";
import { formatMistake, InputError } from "../../lib/model";

const { parseToString } = jest.requireActual<{ parseToString(text: string): [string, unknown] }>("hcl2-parser");

describe("against hcl2-parser, which reads whole files at once", () => {
  const name = fc.constantFrom("a", "b", "c-d", "e_1", "é");
  const literal = fc.constantFrom(
    "1",
    "-1",
    "0",
    "007",
    "1.50",
    "10e3",
    "true",
    "null",
    '""',
    '"x"',
    '"é"',
    '"q\\"uo\\nte"',
    '"a b"',
    '"\\u00e9"',
    '"%x$y"',
    "'x'",
    "1.",
    "",
    "[]",
    "[1, 2]",
    '["a",\n  "b", # why\n]',
    "[[1], {a = 1}]",
    "{ a = 1, b = [2] }",
    "{\n a = 1\n b = 2\n}",
    "<<E\nhi\n there\nE",
    "<<-E\n  hi\n    there\n  E",
    "var.x",
    'upper("x")',
    "1 + 2",
    '"a${var.b}c"',
    '"${f("}")}"',
    '"%{ if true }x%{ endif }"',
    "(1)",
    "[for x in [1] : x]",
    "a ? b : c",
    "1 /* c */",
    "1 // c",
    "1 # c",
  );
  const label = fc.constantFrom('"x"', '"y z"', "x", '"q\\"q"');
  const item: fc.Arbitrary<string> = fc.letrec<{ item: string; attribute: string; block: string }>((tie) => ({
    item: fc.oneof({ depthSize: "small", withCrossShrink: true }, tie("attribute"), tie("block")),
    attribute: fc.tuple(name, fc.constantFrom(" = ", "=", " = /* c */ "), literal).map((parts) => parts.join("")),
    block: fc.oneof(
      fc
        .tuple(fc.constantFrom("f", "g"), fc.array(label, { maxLength: 2 }), fc.array(tie("item"), { maxLength: 3 }))
        .map(([type, labels, items]) => `${[type, ...labels].join(" ")} {\n${items.map((text) => `${text}\n`).join("")}}`),
      fc.tuple(fc.constantFrom("h", "k"), fc.option(tie("item"), { nil: "" })).map(([type, inner]) => `${type} { ${inner} }`),
    ),
  })).item;
  const junk = fc.constantFrom("}", "{", "]", '"', "=", "a", "# c", "\r\n", "\r", "E", "/*", "a = 1 b = 2");
  const document = fc
    .tuple(
      fc.array(item, { maxLength: 4 }),
      fc.option(fc.tuple(fc.nat(), junk), { freq: 3, nil: undefined }),
      fc.constantFrom("\n", "\r\n", "\n\n  # c\n"),
    )
    .map(([items, extra, separator]) => {
      const text = items.join(separator) + separator;
      if (!extra) return text;
      const at = extra[0] % (text.length + 1);
      return text.slice(0, at) + extra[1] + text.slice(at);
    });

  test("whatever both read says the same, and what one refuses the other refuses", () => {
    fc.assert(
      fc.property(document, (text) => {
        const ours = attempt(text);
        // It panics or mixes things up where blocks of one type have different numbers of labels, and drops a block beside an attribute.
        if (ours instanceof InputError ? ours.message.includes("both an attribute and a block") : mixesLabels(ours)) return;
        const [json, error] = parseToString(text);
        const theirs = error === null ? (JSON.parse(json) as unknown) : "refused";
        expect(ours instanceof InputError ? "refused" : withoutEscapes(nested(ours))).toEqual(theirs);
      }),
      { numRuns: 600 },
    );
  });
});

test.each([
  ["a = 1\na = 2\nb = 1\nb = 3", 't.hcl:2:1  attribute "a" is given twice\nt.hcl:4:1  attribute "b" is given twice'],
  ["a = 1\na {}", 't.hcl:2:1  "a" is both an attribute and a block'],
  ["a {\n b = 1\n", 't.hcl:1:3  "{" is never closed: the file ends first'],
  ["a = [1,\n 2\n", 't.hcl:1:5  "[" is never closed: the file ends first'],
  ["a = (1]", 't.hcl:1:7  found "]", expected ")" to close the "(" of line 1'],
  ["a = 1)", 't.hcl:1:6  found ")", which nothing opened'],
  ['a = "x\nb = 2', "t.hcl:1:5  a string is not closed on its line"],
  ['a = "${x', 't.hcl:1:6  "${" is never closed: the file ends first'],
  ["a = <<EOT\nx\n", "t.hcl:1:5  a heredoc is never closed: no line says EOT"],
  ["a = <<E\nx\nE", "t.hcl:1:5  a heredoc is never closed: no line ends after E"],
  ["a = <<E\nx\nE\ufeff\n", "t.hcl:1:5  a heredoc is never closed: no line says E"],
  ["c-d = /* c */ <<E\nhi\n there\nE\r\r\n\n", "t.hcl:4:2  found a carriage return that does not end a line"],
  ["a = <<E\nx\ry\nE\n", "t.hcl:2:2  found a carriage return that does not end a line"],
  ["/* a", "t.hcl:1:1  a comment is never closed: the file ends first"],
  ["a = 1 }", 't.hcl:1:7  found "}", expected the end of the line'],
  ["}", 't.hcl:1:1  found "}", expected an attribute or a block'],
  ['a "${x}" {}', `t.hcl:1:3  a label can't hold an expression, found ""\${x}""`],
  ["a: 1", 't.hcl:1:2  found ":", expected "=" or "{" after "a"'],
  ["a\n", 't.hcl:1:2  found the end of the line, expected "=" or "{" after "a"'],
  ["a =\n", 't.hcl:1:4  "a" has no value after "="'],
  [
    "a { b = 1, c = 2 }",
    `t.hcl:1:9  this value can't be read as HCL: each attribute is written on a line of its own, without a comma, found "1, c = 2"`,
  ],
  ["a = 1 == == 2", `t.hcl:1:5  this value can't be read as HCL, found "1 == == 2"`],
  ["a { b { c = 1 } }", "t.hcl:1:5  a block on one line holds one attribute at most: write each on a line of its own"],
  [
    "a = 'x'\nb = 1\nc = 1 +",
    `t.hcl:1:5  this value can't be read as HCL: a string is written in double quotes, found "'x'"\nt.hcl:3:5  this value can't be read as HCL, found "1 +"`,
  ],
  ["a = " + "[".repeat(500_000), "t.hcl:1:105  nested more than 100 deep"],
  ["a {\n".repeat(50_000), "t.hcl:101:3  nested more than 100 deep"],
  ['a = "' + '${"'.repeat(50_000), "t.hcl:1:305  nested more than 100 deep"],
  ["a = " + "!".repeat(50_000) + "x", `t.hcl:1:5  this value can't be read as HCL, found "${"!".repeat(60)}…"`],
  ["a = 1\rb = 2", "t.hcl:1:6  found a carriage return that does not end a line"],
])("bad text %# is a located mistake", (text, expected) => {
  const error = attempt(text);
  expect(error instanceof InputError ? error.mistakes.map(formatMistake).join("\n") : error).toBe(expected);
});

test.each([
  ["a = <<E\nhi\nE\n", "hi\n"],
  ["a = <<E\nhi\r\n \tE \r\n", "hi\r\n"],
  ["a = <<E\r\nhi\n\u0085E\u3000\n", "hi\n"],
])("the heredoc %j ends with its marker, white space around it or not", (text, expected) => {
  expect(parseHcl("t.hcl", text).body.attributes[0]!.value).toBe(expected);
});

test("every block, label, attribute, value and element knows where it stands", () => {
  const { lines, body } = parseHcl("t.hcl", 'host "a" {\n  devices = [\n    "x", # [\n    "y",\n  ]\n}\n');
  const host = body.blocks[0]!;
  const devices = host.body.attributes[0]!;
  const where = (at: number) => `${lines.at(at).line}:${lines.at(at).column}`;
  expect([host.at, host.labels[0]!.at, devices.at, devices.valueAt, ...devices.elementsAt].map(where)).toEqual([
    "1:1",
    "1:6",
    "2:3",
    "2:13",
    "3:5",
    "4:5",
  ]);
});

test.each([
  ['"$${x}"', "$${x}", "${x}"],
  ['"%%{x}"', "%%{x}", "%{x}"],
  ['"$$${x}"', "$$${x}", "$${x}"],
  ['"${x}"', "${x}", undefined],
  ['"a$${x}${y}"', "a$${x}${y}", undefined],
  ["provider::time::parse(var.a)", "${provider::time::parse(var.a)}", undefined],
  ['"fe80::abc \\ua4d0\ua4d1 ${provider::a::b()}"', "fe80::abc \ua4d0\ua4d1 ${provider::a::b()}", undefined],
  ["x.y", "${x.y}", undefined],
  ['"\ue000{x}$${y}"', "\ue000{x}$${y}", "\ue000{x}${y}"],
])("the value of %s keeps its escapes apart from its expressions", (text, value, literal) => {
  const read = parseHcl("t.hcl", `a = ${text}`).body.attributes[0]!.value;
  expect(read).toBe(value);
  expect(literalText(read as string)).toBe(literal);
});

test("plain literals don't need the parser, which takes a fifth of a second to load", () => {
  jest.isolateModules(() => {
    jest.doMock("hcl2-parser", () => {
      throw new Error("loaded");
    });
    const isolated = require("../../lib/hcl") as typeof import("../../lib/hcl");
    expect(isolated.parseHcl("t.hcl", 'a "x" {\n b = "10de:20f1"\n c = [1, "x"]\n d = true\n}').body.blocks).toHaveLength(1);
    expect(() => isolated.parseHcl("t.hcl", "a = 1 + 1")).toThrow("loaded");
  });
});

function attempt(text: string): HclBody | InputError {
  try {
    return parseHcl("t.hcl", text).body;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function mixesLabels(body: HclBody): boolean {
  const counts = new Map<string, number>();
  return body.blocks.some(({ type, labels, body: inner }) => {
    const before = counts.get(type) ?? labels.length;
    counts.set(type, labels.length);
    return before !== labels.length || mixesLabels(inner);
  });
}

/** A body as hcl2-parser nests it. */
function nested(body: HclBody): Record<string, unknown> {
  const object: Record<string, unknown> = Object.fromEntries(body.attributes.map(({ name, value }) => [name, value]));
  for (const { type, labels, body: inner } of body.blocks) {
    let place = object;
    const path = [type, ...labels.map(({ text }) => text)];
    for (const key of path.slice(0, -1)) place = (place[key] ??= {}) as Record<string, unknown>;
    ((place[path.at(-1)!] ??= []) as unknown[]).push(nested(inner));
  }
  return object;
}

/** hcl2-parser loses them. */
function withoutEscapes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll("$${", "${").replaceAll("%%{", "%{")) as HclValue;
}

import { evaluate, Scope } from "../../../lib/stack/expression/evaluate";
import { SyntaxMistake } from "../../../lib/stack/expression/lexer";
import { parseTemplate } from "../../../lib/stack/expression/template";
import { typeText } from "../../../lib/stack/expression/types/type";
import { typeOf } from "../../../lib/stack/expression/types/type-of";
import { ExpressionError, isList, isMap, toText, Unknown, Value, whyUnknown } from "../../../lib/stack/expression/value";
import { Work } from "../../../lib/stack/expression/work";

// What is expected here is what `terraform console` 1.11 answers.

const unknown = new Unknown("?");

function valueOf(text: string): Value {
  const scope: Scope = { work: new Work(), resolve: () => ({ value: unknown, used: 9 }) };
  try {
    return evaluate(parseTemplate(`\${${text}}`), scope);
  } catch (error) {
    if (error instanceof ExpressionError) return "!";
    if (error instanceof SyntaxMistake) return error.message;
    throw error;
  }
}

/** As JSON, numbers as Terraform writes them. */
function written(value: Value): string {
  if (value === null) return "null";
  if (whyUnknown(value) !== undefined) return "?";
  if (isList(value)) return `[${value.map(written).join(",")}]`;
  if (isMap(value)) return `{${[...value].map(([key, each]) => `${key}=${written(each)}`).join(",")}}`;
  return typeof value === "string" ? JSON.stringify(value) : toText(value)!;
}

describe("numbers have Terraform's digits", () => {
  test.each([
    ["floor(0.29 * 100)", "29"],
    ["0.29 * 100", "29"],
    ["0.1 + 0.2", "0.3"],
    ["0.1 + 0.2 == 0.3", "true"],
    ["3 * 0.1", "0.3"],
    ["1 - 0.9 == 0.1", "false"],
    [
      "1.1 * 1.1",
      "1.2100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
    ],
    ["1 / 3", `0.${"3".repeat(154)}5`],
    ["1 / 3 * 3", "1"],
    ["floor(1 / 3 * 3)", "1"],
    ["floor(10 / 3)", "3"],
    ["ceil(10 / 3)", "4"],
    ["floor(-0.5)", "-1"],
    ["tostring(ceil(-0.5))", '"0"'],
    ["tostring(-0)", '"-0"'],
    ["1e21 + 1", "1000000000000000000001"],
    ["9007199254740993 - 9007199254740992", "1"],
    ["123456789012345678901234567890", "123456789012345678901234567890"],
    ["100000000000000000000000 == 1e23", "true"],
    ["pow(2, 52) - 1", "4503599627370495"],
    ["pow(2, 70)", "?"],
    ["pow(2, -1)", "0.5"],
    ["tostring(5e-7)", '"0.0000005"'],
    ["tostring(1.10)", '"1.1"'],
    ["-7 % 3", "-1"],
    ["7 % -3", "1"],
    ["7.5 % 2", "1.5"],
    ["0.3 % 0.1", "0"],
    ["5 % 0", "5"],
    ["0 / 0", "!"],
    ['tonumber("007")', "7"],
    ['tonumber("+.5")', "0.5"],
    ['tonumber("0x10")', "!"],
    ['tonumber(" 5")', "!"],
    ["tonumber(true)", "!"],
    ['max("1", 2)', "2"],
    ["sum([0.1, 0.2])", "0.3"],
    ["sum([])", "!"],
    ['parseint("-ff", 16)', "-255"],
    ['parseint("9007199254740993", 10)', "9007199254740993"],
    ['format("%d", 1.5)', "!"],
    ['format("%.2f|%.2f|%f", 10 / 3, 1.005, 0.5)', '"3.33|1.00|0.500000"'],
    ['format("%v|%s|%v", 1048576, 1048576, 0.00001)', '"1.048576e+06|1048576|1e-05"'],
    ['format("%5.1f|%-8s|%08.3f|%+d|% d", 1.25, "a", 3.14159, 5, 5)', '"  1.2|a       |0003.142|+5| 5"'],
    ['format("%[2]s %[1]s", "a", "b")', '"b a"'],
    ['format("%s", "a", "b")', "!"],
    ["jsonencode([1e21, 0.1])", '"[1000000000000000000000,0.1]"'],
  ])("%s is %s", (text, expected) => expect(written(valueOf(text))).toBe(expected === "!" ? '"!"' : expected));

  test("without end are not followed", () => {
    expect(written(valueOf("1 / 0"))).toBe("?");
    expect(written(valueOf("1e4000 * 1e4000 * 1e4000"))).toBe("?");
    expect(valueOf("1e999999999")).toMatch(/too long or too large/);
  });
});

describe("values have Terraform's types", () => {
  test.each([
    ['tolist([1, "a"])', '["1","a"]', "list(string)"],
    ['tolist([true, 1, "x"])', '["true","1","x"]', "list(string)"],
    ["tolist([null, 1])", "[null,1]", "list(number)"],
    ["tolist([1, [1]])", "!", ""],
    ["tolist([true, 1])", "!", ""],
    ["tolist([{a = 1}, {b = 2}])", "[{a=1},{b=2}]", "list(map(number))"],
    ['tolist([{a = 1}, {a = "x"}])', '[{a="1"},{a="x"}]', "list(object({a = string}))"],
    ["tolist([[], [1]])", "[[],[1]]", "list(list(number))"],
    ['tomap({a = 1, b = "x"})', '{a="1",b="x"}', "map(string)"],
    ["tomap({a = 1, b = [1]})", "!", ""],
    ['toset(["b", "a", "b"])', '["a","b"]', "set(string)"],
    ["toset([3, 20, 1])", "[1,3,20]", "set(number)"],
    ['toset([1, "1", "a"])', '["1","a"]', "set(string)"],
    ["toset([true, false])", "[false,true]", "set(bool)"],
    ['toset([{b = "x", a = 10}, {b = "w", a = 9}])', '[{b="x",a=10},{b="w",a=9}]', "set(object({b = string, a = number}))"],
    ['toset(["\\U0001F600", "\\uFFFD"])', '["\ufffd","\u{1f600}"]', "set(string)"],
    ['toset(["e\\u0301", "\\u00e9"])', '["\u00e9"]', "set(string)"],
    ['true ? 1 : "a"', '"1"', "string"],
    ["true ? 1 : true", "!", ""],
    ['true ? "x" : [1]', "!", ""],
    ['try(true ? "x" : [1], "no")', '"no"', "string"],
    ["true ? {a = 1} : {b = 2}", "{a=1}", "map(number)"],
    ["true ? {a = 1} : {a = true}", "!", ""],
    ['true ? [1] : ["a"]', '["1"]', "tuple([string])"],
    ["true ? [1] : []", "[1]", "list(number)"],
    ["true ? [1] : [][0]", "[1]", "tuple([number])"],
    ["true ? [] : [1]", "[]", "list(number)"],
    ["false ? null.x : {}", "{}", "object({})"],
    ['true ? [1] : toset(["a"])', '["1"]', "set(string)"],
    ['true ? tolist([1]) : toset(["a"])', "[1]", "list(number)"],
    ["true ? {a = 1, b = [1]} : {}", "!", ""],
    ['coalesce(1, "a")', '"1"', "string"],
    ["coalesce(1, true)", "!", ""],
    ["concat(tolist([1]), tolist([2]))", "[1,2]", "list(number)"],
    ["concat([1], tolist([2]))", "[1,2]", "tuple([number, number])"],
    ['distinct([1, "1"])', '["1"]', "list(string)"],
    ['setunion([1], ["a"])', '["1","a"]', "set(string)"],
    ["merge(tomap({a = 1}), tomap({b = 2}))", "{a=1,b=2}", "map(number)"],
    ["merge({a = 1}, null, {a = null})", "{a=null}", "object({a = any})"],
    ['keys(tomap({"\\U0001F600" = 1, "\\uFFFD" = 2}))', '["\ufffd","\u{1f600}"]', "list(string)"],
    ["values({b = 1, a = 2})", "[2,1]", "tuple([number, number])"],
    ['lookup(tomap({a = "1"}), "z", 5)', '"5"', "string"],
    ['lookup({a = null}, "a", 5)', "null", "any"],
    ['lookup({a = 1}, "z", null)', "null", "any"],
    ['toset(["a"])[*]', '["a"]', "list(string)"],
    ['toset(["a"])[0]', "!", ""],
    ['[for k, v in toset(["b", "a"]) : k]', '["a","b"]', "tuple([string, string])"],
    ["[for v in [1] : v if 5]", "!", ""],
    ["{(null) = 1}", "!", ""],
    ["slice([1, 2], 0, 3)", "!", ""],
    ['tobool("1")', "true", "bool"],
    ["tobool(1)", "!", ""],
    ["sort([3, 20])", '["20","3"]', "list(string)"],
    ["[1, # one\n /* two */ 2, // end\n]", "[1,2]", "tuple([number, number])"],
  ])("%s is %s", (text, expected, type) => {
    const value = valueOf(text);
    expect(written(value)).toBe(expected === "!" ? '"!"' : expected);
    if (expected !== "!") expect(typeText(typeOf(value, new Work()))).toBe(type);
  });

  test.each([
    ["tolist([1]) == [1]", "false"],
    ["tomap({a = 1}) == {a = 1}", "false"],
    ["[1] == toset([1])", "false"],
    ["tolist([]) == []", "false"],
    ["toset([2, 1]) == toset([1, 2])", "true"],
    ['1 == "1"', "false"],
    ["[null] == [null]", "true"],
    ['[1, "a"] == [1, "a"]', "true"],
    ["1 / 3 == 1 / 3", "true"],
  ])("%s is %s", (text, expected) => expect(written(valueOf(text))).toBe(expected));
});

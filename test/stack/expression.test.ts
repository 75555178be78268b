import { evaluate, Scope } from "../../lib/stack/expression/evaluate";
import { SyntaxMistake } from "../../lib/stack/expression/lexer";
import { parseTemplate } from "../../lib/stack/expression/template";
import { ExpressionError, Instance, Computed, isMap, Unknown, Value, whyUnknown } from "../../lib/stack/expression/value";
import { Work, WorkLimit } from "../../lib/stack/expression/work";

function instance(type: string, name: string): Instance {
  const made: Instance = { kind: "instance", type, name, address: `${type}.${name}`, attribute: (each) => new Computed(made, each) };
  return made;
}

const host = instance("data.vsphere_host", "h");
const names: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["list", ["a", "b", "c"]],
  ["numbers", [3, 1, 2]],
  [
    "map",
    new Map<string, Value>([
      ["b", 2],
      ["a", 1],
    ]),
  ],
  ["unknown", new Unknown("${var.u}")],
  ["host", host],
  ["other_host", instance("data.vsphere_host", "g")],
  ["vm", instance("vsphere_virtual_machine", "a")],
  ["other_vm", instance("vsphere_virtual_machine", "b")],
  ["nothing", null],
  ["objects", [new Map([["id", "1"]]), new Map([["id", "2"]])]],
]);

function scope(): Scope {
  return {
    work: new Work(),
    resolve: (root) => {
      const value = names.get(root);
      return value === undefined ? { value: new Unknown(""), used: 9 } : { value, used: 0 };
    },
  };
}

/** Plain data, `?why` for what is unknown, `!` for what Terraform would refuse, `syntax` for what is no expression. */
function outcome(text: string): unknown {
  try {
    return plain(evaluate(parseTemplate(text), scope()));
  } catch (error) {
    if (error instanceof ExpressionError) return "!";
    if (error instanceof SyntaxMistake) return "syntax";
    if (error instanceof WorkLimit) return "limit";
    throw error;
  }
}

function plain(value: Value): unknown {
  const why = whyUnknown(value);
  if (why !== undefined) return `?${why}`;
  if (Array.isArray(value)) return value.map(plain);
  return isMap(value) ? Object.fromEntries([...value].map(([key, each]) => [key, plain(each)])) : value;
}

describe("a template", () => {
  test.each<[string, unknown]>([
    ["plain", "plain"],
    ["", ""],
    ["a-${1 + 1}-b", "a-2-b"],
    ["${1}", 1],
    ["${1}${2}", "12"],
    ["$${list}", "${list}"],
    ["%%{if}", "%{if}"],
    ["costs $5 and 5%", "costs $5 and 5%"],
    ["a$${b}${1}", "a${b}1"],
    ['${"inner ${1 + 1} text"}', "inner 2 text"],
    ['${"a\\n\\"b\\"\\u00e9"}', 'a\n"b"é'],
    ['${"}"}', "}"],
    ["%{ if true }x%{ endif }", "x"],
    ["%{if false}x%{else}y%{endif}", "y"],
    ["a %{~ if true ~} b %{~ endif ~} c", "abc"],
    ["%{for i, x in list}${i}${x} %{endfor}", "0a 1b 2c "],
    ["%{for k, v in map}${k}%{if v == 2}!%{endif}%{endfor}", "ab!"],
    ["%{for x in list ~}\n  ${x}\n%{endfor ~}\n.", "  a\n  b\n  c\n."],
    ["%{if true}${1}%{endif}", "1"],
    [" ${~ 1 ~} ", "1"],
    ["${~ 1 ~}", 1],
    ["%{if unknown}x%{endif}", "?${var.u}"],
    ["%{for x in unknown}x%{endfor}", "?${var.u}"],
    ["%{for x in [null]}${x}%{endfor}", "!"],
    ["%{if true}", "syntax"],
    ["%{endif}", "syntax"],
    ["%{if true}%{endfor}", "syntax"],
    ["%{if true}%{else}%{else}%{endif}", "syntax"],
    ["%{for x in list}%{else}%{endfor}", "syntax"],
    ["%{while true}%{endwhile}", "syntax"],
    ["%{if true}x%{endif", "syntax"],
    ["${", "syntax"],
    ["${1", "syntax"],
    ["${}", "syntax"],
    ["${1 +}", "syntax"],
    ["${list[0]", "syntax"],
    ["${a b}", "syntax"],
    ['${"a}', "syntax"],
    ['${"\\q"}', "syntax"],
    ["x-${list}", "!"],
    ["x-${nothing}", "!"],
    ["x-${unknown}", "?${var.u}"],
  ])("%s is %j", (text, expected) => expect(outcome(text)).toEqual(expected));
});

describe("an expression", () => {
  test.each<[string, unknown]>([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["10 - 2 - 3", 5],
    ["-2 + 3", 1],
    ["7 % 4", 3],
    ["1 / 0", "?an infinite number"],
    ["0 / 0", "!"],
    ["1.5e3", 1500],
    ['"3" + 1', 4],
    ['"x" + 1', "!"],
    ["1 < 2 && 2 <= 2", true],
    ["!(1 > 2)", true],
    ["true || unknown", true],
    ["false && unknown", false],
    ["true && unknown", "?${var.u}"],
    ['1 == "1"', false],
    ["[1, 2] == [1, 2]", true],
    ["[1, unknown] == [2, 3]", false],
    ["[1, unknown] == [1, 3]", "?${var.u}"],
    ["{a = 1} != {a = 1}", false],
    ["nothing == null", true],
    ["true ? 1 : 2", 1],
    ["unknown ? 1 : 2", "?${var.u}"],
    ["1 ? 1 : 2", "!"],
    ["list[1]", "b"],
    ['list["1"]', "b"],
    ["list.1", "b"],
    ["list[7]", "!"],
    ["list[-1]", "!"],
    ["list[unknown]", "?${var.u}"],
    ["map.a", 1],
    ['map["b"]', 2],
    ["map.c", "!"],
    ["map.constructor", "!"],
    ["map.__proto__", "!"],
    ['{a = 1, "b": 2, (list[0] == "a" ? "c" : "d") = 3}', { a: 1, b: 2, c: 3 }],
    ["{a = 1\n b = 2}", { a: 1, b: 2 }],
    ["[1, [2, 3],]", [1, [2, 3]]],
    ["[1, # one\n 2 /* two */, // three\n 3]", [1, 2, 3]],
    ["[1 /* two]", "syntax"],
    ["<<EOT\n a\n  ${1} b\nEOT\n", " a\n  1 b\n"],
    ["<<-EOT\n   a\n\n     ${1} b\n   EOT\n", "a\n\n  1 b\n"],
    ['join("", [<<EOT\na"\\n\nEOT\n, "b"])', 'a"\\n\nb'],
    ["<<EOT\nnever closed", "syntax"],
    ["objects[*].id", ["1", "2"]],
    ["objects.*.id", ["1", "2"]],
    ["objects.*.id[0]", "1"],
    ["nothing[*]", []],
    ["map[*].a", [1]],
    ["unknown[*].id", "?${var.u}"],
    ["unknown.a.b[0]", "?${var.u}"],
    ["[for x in list : upper(x)]", ["A", "B", "C"]],
    ['[for i, x in list : "${i}${x}" if i > 0]', ["1b", "2c"]],
    ["{for k, v in map : v => k}", { 1: "a", 2: "b" }],
    ['{for x in list : "k" => x...}', { k: ["a", "b", "c"] }],
    ['{for x in list : "k" => x}', "!"],
    ["[for x in unknown : x]", "?${var.u}"],
    ["[for x in list : unknown]", ["?${var.u}", "?${var.u}", "?${var.u}"]],
    ["host.id", "?${data.vsphere_host.h.id} (known after apply)"],
    ["host.id == host.id", true],
    ["[host.id][0]", "?${data.vsphere_host.h.id} (known after apply)"],
    ["missing.thing", "?${missing.thing}"],
    ['missing.a["b"].*.c', '?${missing.a["b"].*.c}'],
  ])("%s is %j", (text, expected) => expect(outcome(`\${${text}}`)).toEqual(expected));
});

describe("a function", () => {
  test.each<[string, unknown]>([
    ['join("-", ["a", 1, true])', "a-1-true"],
    ['join("-", [unknown])', "?${var.u}"],
    ['format("%s-%03d %q %% %v %x", "a", 7, "q", 1.5, 255)', 'a-007 "q" % 1.5 ff'],
    ['format("%-5s|%5s|%+d|%.2f", "a", "b", 1, 2)', "a    |    b|+1|2.00"],
    ['format("%s")', "!"],
    ['format("%s", unknown)', "?${var.u}"],
    ['format("%b", 5)', "101"],
    ['format("%e", 1)', "?${format(…)} (with %e)"],
    ['formatlist("%s-%s", list, "x")', ["a-x", "b-x", "c-x"]],
    ["concat(list, [1])", ["a", "b", "c", 1]],
    ["concat(list, unknown)", "?${var.u}"],
    ["element(list, 4)", "b"],
    ["element([], 0)", "!"],
    ["length(list)", 3],
    ["length(map)", 2],
    ['length("ab")', 2],
    ["length([unknown])", 1],
    ['lookup(map, "a", 9)', 1],
    ['lookup(map, "z", 9)', 9],
    ['lookup(map, "z")', "!"],
    ["lookup(map, unknown, 9)", "?${var.u}"],
    ["merge(map, {a = 7, c = 8})", { a: 7, b: 2, c: 8 }],
    ['toset(["b", "a", "b"])', ["a", "b"]],
    ["length(toset([host.id, host.id]))", 1],
    ["length(distinct([vm.id, other_vm.id, vm.id]))", 2],
    // Two data sources may find one thing, and two hosts of a cluster have one root pool.
    ["length(toset([host.id, other_host.id]))", "?${data.vsphere_host.h.id} (known after apply)"],
    [
      "length(distinct([host.resource_pool_id, other_host.resource_pool_id]))",
      "?${data.vsphere_host.h.resource_pool_id} (known after apply)",
    ],
    [
      "length(setunion([vm.host_system_id], [other_vm.host_system_id]))",
      "?${vsphere_virtual_machine.a.host_system_id} (known after apply)",
    ],
    ['length(distinct([host.id, "host-1"]))', "?${data.vsphere_host.h.id} (known after apply)"],
    ["toset([unknown])", "?${var.u}"],
    ["tolist(list)", ["a", "b", "c"]],
    ["tolist(map)", "!"],
    ["tomap(map)", { a: 1, b: 2 }],
    ["tostring(1)", "1"],
    ['tonumber("12")', 12],
    ['tonumber("0x10")', "!"],
    ['tobool("true")', true],
    ['upper("aé")', "AÉ"],
    ['lower("AB")', "ab"],
    ['title("two words")', "Two Words"],
    ['replace("a-b-c", "-", "_")', "a_b_c"],
    ['split(",", "a,b")', ["a", "b"]],
    ['substr("hello", 1, 3)', "ell"],
    ['substr("hello", -2, -1)', "lo"],
    ['trimprefix("abc", "a")', "bc"],
    ['startswith("abc", "ab")', true],
    ['jsonencode({b = [1, null, true], a = "<"})', '{"a":"\\u003c","b":[1,null,true]}'],
    ["jsonencode([unknown])", "?${var.u}"],
    ['base64encode("é")', "w6k="],
    ["max(1, 5, 2)", 5],
    ["max(numbers...)", 3],
    ["min(1, 5)", 1],
    ["floor(1.7)", 1],
    ["ceil(1.2)", 2],
    ["abs(-3)", 3],
    ['parseint("ff", 16)', 255],
    ["keys(map)", ["a", "b"]],
    ["values(map)", [1, 2]],
    ['contains(list, "b")', true],
    ["contains([unknown], 1)", "?${var.u}"],
    ["contains([unknown, 1], 1)", true],
    ["range(3)", [0, 1, 2]],
    ["range(1, 7, 3)", [1, 4]],
    ["range(3, 0)", [3, 2, 1]],
    ["range(0, 3, -1)", "!"],
    ["length(range(1024))", 1024],
    ["range(1025)", "!"],
    ['coalesce(null, "", "a")', "a"],
    ['coalesce(unknown, "a")', "?${var.u}"],
    ['coalesce("a", unknown)', "a"],
    ["try(map.zzz, 5)", 5],
    ["try(unknown.a, 5)", "?${var.u}"],
    ["try(map.zzz)", "!"],
    ["can(map.zzz)", false],
    ["flatten([[1, [2]], 3])", [1, 2, 3]],
    ["flatten([unknown])", "?${var.u}"],
    ["distinct([[1], [2], [2]])", [[1], [2]]],
    ["distinct([1, 1, [2], [2]])", "!"],
    ['compact(["", "a", null])', ["a"]],
    ['sort(["b", "a"])', ["a", "b"]],
    ["reverse(list)", ["c", "b", "a"]],
    ["slice(list, 1, 3)", ["b", "c"]],
    ["sum(numbers)", 6],
    ["one([])", null],
    ['index(list, "c")', 2],
    ['zipmap(["x"], [1])', { x: 1 }],
    ["constructor(1)", "?${constructor(…)} (a function that is not evaluated)"],
    ["yamldecod(1)", "?${yamldecod(…)} (a function that is not evaluated; did you mean yamldecode?)"],
    ["upper(list)", "!"],
    ["upper()", "!"],
    ["nonsensitive(1)", 1],
  ])("%s is %j", (text, expected) => expect(outcome(`\${${text}}`)).toEqual(expected));
});

describe("limits", () => {
  test.each([
    ["brackets", `\${${"[".repeat(2000)}${"]".repeat(2000)}}`, "syntax"],
    ["parentheses", `\${${"(".repeat(2000)}1${")".repeat(2000)}}`, "syntax"],
    ["operators", `\${${Array.from({ length: 2000 }, () => "1").join("+")}}`, 2000],
    ["negations", `\${${"!".repeat(2000)}true}`, "syntax"],
    ["templates in templates", '${"'.repeat(2000) + '"}'.repeat(2000), "syntax"],
    ["loops in loops", "${[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]}", "limit"],
    ["a text that grows", '${[for x in [join("", flatten([for a in range(50) : range(1000)]))] : replace(x, "1", x)]}', "limit"],
    ["a wide format", '${format("%999999999s", "a")}', "limit"],
  ])("%s end in an answer", (_, text, expected) => {
    expect(outcome(text)).toBe(expected);
  });
});

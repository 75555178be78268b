import { mistakesOf, readFiles } from "../read";

/** The VM's name, and its memory, for a variable `x` of a type with a value. What is expected is what Terraform 1.11 makes of it. */
function read(declaration: string, name: string, values = "", options: object = {}): string {
  const main = `variable "x" {\n${declaration}\n}\nresource "vsphere_virtual_machine" "v" {\n  name = ${name}\n}\ndata "a" "b" {}\n`;
  const [vm] = readFiles({ "s/main.tf": main, "s/terraform.tfvars": values }, ["s"], options).vms;
  return vm!.name.known ? vm!.name.value : `?${vm!.name.why}`;
}

const whole = "jsonencode(var.x)";

describe("a variable's value is of its type", () => {
  test.each([
    ["number", '"16"', "16"],
    ["string", "16", '"16"'],
    ["bool", '"true"', "true"],
    ["any", "[1]", "[1]"],
    ["list(string)", '[1, "a", true]', '["1","a","true"]'],
    ["list(any)", '[1, "a"]', '["1","a"]'],
    ["list", '[1, "a"]', '["1","a"]'],
    ["map", "{ a = 1 }", '{"a":1}'],
    ["set(number)", '["3", 1, 3]', "[1,3]"],
    ["map(number)", '{ b = "2", a = 1 }', '{"a":1,"b":2}'],
    ["tuple([string, number])", '[1, "2"]', '["1",2]'],
    ["object({ a = number })", '{ a = "1", b = 2 }', '{"a":1}'],
    ["object({ a = optional(number) })", "{}", '{"a":null}'],
    ["object({ a = optional(number, 65536) })", "{}", '{"a":65536}'],
    ["object({ a = optional(number, 65536) })", "{ a = null }", '{"a":65536}'],
    ["object({ a = optional(number, 65536) })", "null", "null"],
    ["map(object({ a = optional(number, 1), b = string }))", "{ k = { b = 2 } }", '{"k":{"a":1,"b":"2"}}'],
    ['object({ n = optional(object({ ip = optional(string, "dhcp"), v = optional(number) }), {}) })', "{}", '{"n":{"ip":"dhcp","v":null}}'],
    ['object({ n = optional(list(object({ m = optional(string, "x") })), [{}]) })', "{}", '{"n":[{"m":"x"}]}'],
    ["list(object({ a = optional(string, 5) }))", "[{}, { a = true }]", '[{"a":"5"},{"a":"true"}]'],
    ["tuple([object({ a = optional(number, 1) }), number])", "[{}, 2]", '[{"a":1},2]'],
    ["object({\n    # how much\n    a = optional(number, 1) // MB\n    b = /* which */ string\n  })", "{ b = 1 }", '{"a":1,"b":"1"}'],
  ])("%s of %s is %s", (type, value, expected) => {
    expect(read(`  type = ${type}`, whole, `x = ${value}\n`)).toBe(expected);
    expect(read(`  type = ${type}\n  default = ${value}`, whole)).toBe(expected);
    const onCommandLine = /^(?:number|string|bool)$/.test(type) ? value.replaceAll('"', "") : value;
    expect(read(`  type = ${type}`, whole, "", { variables: { x: onCommandLine } })).toBe(expected);
    expect(read(`  type = ${type}`, whole, "", { environment: { x: onCommandLine } })).toBe(expected);
  });

  test.each([
    ["number", '"much"', "must be a number, found a string"],
    ["list(number)", '[1, "x"]', "does not fit its type: element 1: expected a number, found a string"],
    ["map(object({ a = number }))", "{ k = {} }", 'does not fit its type: element 0: expected an attribute "a", found none'],
    ["tuple([number])", "[1, 2]", "does not fit its type: expected 1 elements, found 2"],
    ["list(any)", "[1, {}]", "does not fit its type: the elements have no type in common"],
    ["set(string)", '"a"', "does not fit its type: expected a set, found a string"],
    ["number\n  nullable = false", "null", "must not be null"],
  ])("%s of %s is refused", (type, value, expected) => {
    const mistakes = mistakesOf(() => read(`  type = ${type}`, '"unused"', `x = ${value}\n`));
    expect(mistakes).toBe(`s/main.tf:1:1  variable "x" ${expected}`);
  });

  test.each([
    "numbr",
    "list(string, number)",
    "object({ a = optional() })",
    "object({ a = optional(number, var.y) })",
    "optional(number)",
    "5",
  ])("%s is not understood, and the value is unknown wherever it goes", (type) => {
    const declaration = `  type = ${type}\n  default = {}`;
    const why = "?${var.x} (its type is not understood)";
    for (const name of ['"${try(var.x.a, 5)}"', '"${can(var.x.a)}"', 'lookup(var.x, "a", "b")', 'merge(var.x, { a = "b" }).a'])
      expect(read(declaration, name)).toBe(why);
  });

  test.each([
    ["a default for null where it can't be null", '  nullable = false\n  default = "d"', "x = null\n", "d"],
    ["null where it can be", '  default = "d"', "x = null\n", "none"],
  ])("it is %s", (_, declaration, values, expected) => {
    expect(read(declaration, '(var.x == "d" ? var.x : "none")', values)).toBe(expected);
  });
});

describe("a validation", () => {
  const rule = (condition: string): string =>
    `  type = string\n  default = "x"\n  validation {\n    condition = ${condition}\n    error_message = "must be dev or prod, not \${var.x}."\n  }`;

  test.each(['contains(["dev", "x"], var.x)', "var.x != null", "length(data.a.b.c) > 1", "var.x.y"])("%s refuses nothing", (condition) =>
    expect(read(rule(condition), "var.x")).toBe("x"),
  );

  test("that fails is a mistake at its condition, also where nobody uses the variable", () => {
    expect(mistakesOf(() => read(rule('contains(["dev", "prod"], var.x)'), '"v"'))).toBe(
      's/main.tf:5:5  variable "x" is refused by its validation: must be dev or prod, not x.',
    );
  });

  test("of a sensitive variable tells nothing of it", () => {
    expect(read(`${rule('var.x == "y"')}\n  sensitive = true`, "var.x")).toBe("?${var.x} (sensitive)");
  });
});

describe("in JSON a variable's value is taken as it stands, whatever is in its texts", () => {
  const text = "$${a} ${var.none} %{ if }";
  const expected = JSON.stringify({ "${k}": [text, 1, null] });
  const value = { "${k}": [text, 1, null] };
  const vm = { name: `\${${whole}}` };
  const main = { variable: { x: { default: value } }, resource: { vsphere_virtual_machine: { v: vm } } };
  const native = `variable "x" {}\nresource "vsphere_virtual_machine" "v" {\n  name = ${whole}\n}\n`;

  test.each<[string, object, object]>([
    ["a default", { "s/main.tf.json": main }, {}],
    ["a default that overrides one in the native syntax", { "s/main.tf": native, "s/override.tf.json": { variable: main.variable } }, {}],
    ["terraform.tfvars.json", { "s/main.tf": native, "s/terraform.tfvars.json": { x: value } }, {}],
    ["*.auto.tfvars.json", { "s/main.tf": native, "s/a.auto.tfvars.json": { x: value } }, {}],
    ["--var-file", { "s/main.tf": native, "v.tfvars.json": { x: value } }, { variableFiles: ["v.tfvars.json"] }],
  ])("%s", (_, files, options) => expect(readFiles({ ...files }, ["s"], options).vms[0]!.name).toEqual({ known: true, value: expected }));

  test("but not what overrides it in the native syntax", () => {
    const override = 'variable "x" {\n  default = "$${1}"\n}\n';
    expect(readFiles({ "s/main.tf.json": main, "s/override.tf": override }, ["s"]).vms[0]!.name).toEqual({ known: true, value: '"${1}"' });
  });
});

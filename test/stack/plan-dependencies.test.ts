import { Plan } from "../../lib/model";
import { mistakesOf } from "./read";
import { change, configured, expressionOf, expressionsOf, planOf, readPlanOf } from "./plans";

const vm = (address: string) =>
  change(`${address.replace(/(\w+(\[\d\])?)$/, "vsphere_virtual_machine.$1")}`, ["create"], null, { name: address });
const own = (name: string, expressions: Readonly<Record<string, unknown>> = {}, rest: object = {}) =>
  configured(`vsphere_virtual_machine.${name}`, expressions, rest);
const V = "vsphere_virtual_machine";

/** What each VM depends on, without the type. */
function edges(plan: Plan): Record<string, readonly string[]> {
  const short = (address: string): string => address.replace(`${V}.`, "");
  return Object.fromEntries(plan.vms.map(({ address, dependsOn }) => [short(address), dependsOn.map(short)]));
}

describe("a VM depends on another", () => {
  const two = [vm("a"), vm("b")];
  test.each<[string, object, Record<string, string[]>]>([
    ["by depends_on", planOf(two, [own("a"), own("b", {}, { depends_on: [`${V}.a`] })]), { a: [], b: ["a"] }],
    ["by a reference", planOf(two, [own("a"), own("b", { annotation: [`${V}.a.name`] })]), { a: [], b: ["a"] }],
    ["by a reference in a nested block", planOf(two, [own("a"), own("b", { disk: [{ label: [`${V}.a.name`] }] })]), { a: [], b: ["a"] }],
    [
      "by what its count comes from",
      planOf(two, [own("a"), own("b", {}, { count_expression: { references: [`${V}.a`] } })]),
      { a: [], b: ["a"] },
    ],
    [
      "through another resource",
      planOf(two, [
        own("a"),
        configured("null_resource.n", { triggers: [`${V}.a.id`] }),
        own("b", {}, { depends_on: ["null_resource.n"] }),
      ]),
      { a: [], b: ["a"] },
    ],
    [
      "through a data source",
      planOf(two, [own("a"), configured("data.vsphere_tag.t", { name: [`${V}.a.name`] }), own("b", { tags: ["data.vsphere_tag.t.id"] })]),
      { a: [], b: ["a"] },
    ],
    [
      "by a resource as a whole, whatever the key",
      planOf([vm("a[0]"), vm("a[1]"), vm("b[0]")], [own("a"), own("b", { annotation: [`${V}.a[0].name`] })]),
      { "a[0]": [], "a[1]": [], "b[0]": ["a[0]", "a[1]"] },
    ],
    ["not through a local, which a plan does not tell", planOf(two, [own("a"), own("b", { annotation: ["local.x"] })]), { a: [], b: [] }],
    [
      "not by its own key",
      planOf(two, [own("a"), own("b", { annotation: ["each.key", "count.index", "path.module", "self.x"] })]),
      { a: [], b: [] },
    ],
    ["not by what is no reference", planOf(two, [own("a"), own("b", { annotation: ["a..b", "${", "", "module"] })]), { a: [], b: [] }],
  ])("%s", (_, plan, expected) => expect(edges(readPlanOf(plan))).toEqual(expected));
});

describe("through modules", () => {
  const inner = { resources: [own("i")] };
  const three = [vm("a"), vm("b"), vm("module.m.i")];
  const root = (call: object, resources: readonly object[]) => planOf(three, resources, { root: { module_calls: { m: call } } });
  test.each<[string, object, Record<string, string[]>]>([
    [
      "what is in one depends on what its argument refers to",
      root({ expressions: expressionsOf({ x: [`${V}.a.name`] }), module: { resources: [own("i", { annotation: ["var.x"] })] } }, [
        own("a"),
        own("b"),
      ]),
      { a: [], b: [], "module.m.i": ["a"] },
    ],
    [
      "but not on an argument that it does not use",
      root({ expressions: expressionsOf({ x: [`${V}.a.name`] }), module: inner }, [own("a"), own("b")]),
      { a: [], b: [], "module.m.i": [] },
    ],
    [
      "what is in one depends on the call's depends_on",
      root({ depends_on: [`${V}.a`], module: inner }, [own("a"), own("b")]),
      { a: [], b: [], "module.m.i": ["a"] },
    ],
    [
      "and on what the call's for_each refers to",
      root({ for_each_expression: { references: [`${V}.a`] }, module: inner }, [own("a"), own("b")]),
      { a: [], b: [], "module.m.i": ["a"] },
    ],
    [
      "an output leads to what it refers to",
      root({ module: { ...inner, outputs: { o: { expression: expressionOf([`${V}.i.name`]) } } } }, [
        own("a"),
        own("b", { annotation: ["module.m.o"] }),
      ]),
      { a: [], b: ["module.m.i"], "module.m.i": [] },
    ],
    [
      "and no other output does",
      root({ module: { ...inner, outputs: { o: { expression: expressionOf([`${V}.i.name`]) }, p: { expression: {} } } } }, [
        own("a"),
        own("b", { annotation: ["module.m.p"] }),
      ]),
      { a: [], b: [], "module.m.i": [] },
    ],
    [
      "depends_on of a module means all that is in it",
      root({ module: inner }, [own("a"), own("b", {}, { depends_on: ["module.m"] })]),
      { a: [], b: ["module.m.i"], "module.m.i": [] },
    ],
  ])("%s", (_, plan, expected) => expect(edges(readPlanOf(plan))).toEqual(expected));

  test("instances of a module are one to a dependency", () => {
    const plan = planOf([vm('module.m["x"].i'), vm('module.m["x"].j'), vm('module.m["y"].i')], [], {
      root: { module_calls: { m: { module: { resources: [own("i"), own("j", { annotation: [`${V}.i.name`] })] } } } },
    });
    expect(edges(readPlanOf(plan))['module.m["x"].j']).toEqual(['module.m["x"].i', 'module.m["y"].i']);
  });
});

test("what is deleted came after what the state says", () => {
  const values = { name: "x" };
  const gone = (name: string) => change(`${V}.${name}`, ["delete"], values, null);
  const prior = (name: string, depends_on: string[]) => ({ address: `${V}.${name}`, mode: "managed", type: V, name, values, depends_on });
  const prior_state = { values: { root_module: { resources: [prior("a", []), prior("b", [`${V}.a`])] } } };
  expect(edges(readPlanOf(planOf([gone("a"), gone("b")], [], { prior_state })))).toEqual({ a: [], b: ["a"] });
});

test("VMs that depend on each other are a mistake", () => {
  const plan = planOf([vm("a"), vm("b")], [own("a", {}, { depends_on: [`${V}.b`] }), own("b", {}, { depends_on: [`${V}.a`] })]);
  expect(mistakesOf(() => readPlanOf(plan))).toContain(`these depend on each other: ${V}.a, ${V}.b`);
});

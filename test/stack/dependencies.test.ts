import * as fc from "../properties";
import { known } from "../../lib/model";
import { reachable } from "../../lib/stack/graph/reachable";
import { appOf, mistakesOf, readApp, readFiles, readStack } from "./read";

const vms = (bodies: Record<string, object>) => ({ vsphere_virtual_machine: bodies });
const dependenciesOf = (stack: object): Record<string, readonly string[]> =>
  Object.fromEntries(readStack(stack).vms.map(({ address, dependsOn }) => [address.replace("vsphere_virtual_machine.", ""), dependsOn]));
const X = ["vsphere_virtual_machine.x"];

describe("a VM depends on another", () => {
  test.each<[string, object, object]>([
    ["through depends_on", { depends_on: ["vsphere_virtual_machine.x"] }, {}],
    ["through depends_on as HCL parsers write it", { depends_on: ["${vsphere_virtual_machine.x}"] }, {}],
    ["through an attribute", { annotation: "after ${vsphere_virtual_machine.x.name}" }, {}],
    ["through a nested block", { disk: [{ label: "${vsphere_virtual_machine.x.name}" }] }, {}],
    ["through a key", { extra_config: { "${vsphere_virtual_machine.x.name}": "1" } }, {}],
    ["through an index", { annotation: "${local.l[vsphere_virtual_machine.x.num_cpus]}" }, {}],
    ["through a loop", { annotation: "${[for v in [1] : vsphere_virtual_machine.x.name]}" }, {}],
    ["through count", { count: "${length([vsphere_virtual_machine.x])}" }, {}],
    ["through locals", { annotation: "${local.a}" }, { locals: { a: "${local.b}", b: ["${vsphere_virtual_machine.x.id}"] } }],
    ["through a data source", { annotation: "${data.d.e.f}" }, { data: { d: { e: { g: "${vsphere_virtual_machine.x.id}" } } } }],
    [
      "through a data source's depends_on",
      { annotation: "${data.d.e.f}" },
      { data: { d: { e: { depends_on: ["vsphere_virtual_machine.x"] } } } },
    ],
    ["through another resource", { annotation: "${t.n.f}" }, { resource: { t: { n: { g: "${vsphere_virtual_machine.x.id}" } } } }],
    ["through what triggers its replacement", { lifecycle: { replace_triggered_by: ["vsphere_virtual_machine.x"] } }, {}],
  ])("%s", (_, body, rest: { resource?: object }) => {
    const stack = { ...rest, resource: { ...rest.resource, ...vms({ x: {}, y: body }) } };
    const found = dependenciesOf(stack);
    expect(found).toEqual({ x: [], [Object.keys(found)[1]!]: X });
  });

  test.each<[string, object]>([
    ["by its name in plain text", { annotation: "vsphere_virtual_machine.x" }],
    ["by an escaped reference", { annotation: "$${vsphere_virtual_machine.x.name}" }],
    ["by a loop's own name", { annotation: "${[for vsphere_virtual_machine in [{ x = 1 }] : vsphere_virtual_machine.x]}" }],
    ["by metadata", { "//": { note: "${vsphere_virtual_machine.x.name}" } }],
    ["by an expression that is none", { annotation: "${vsphere_virtual_machine.x.name +}" }],
  ])("but not %s", (_, body) => expect(dependenciesOf({ resource: vms({ x: {}, y: body }) })).toEqual({ x: [], y: [] }));

  test("transitively, between all instances, and through device changes", () => {
    const resource = {
      ...vms({
        a: { count: 2 },
        b: { for_each: { k: 1 }, annotation: "${vsphere_virtual_machine.a[0].name}" },
        c: { depends_on: ["passthru_host_device.d"] },
      }),
      passthru_host_device: { d: { host_system_id: "host-1", pci_id: "af:00.0", depends_on: ["vsphere_virtual_machine.b"] } },
    };
    const all = ["vsphere_virtual_machine.a[0]", "vsphere_virtual_machine.a[1]", 'vsphere_virtual_machine.b["k"]'];
    expect(dependenciesOf({ resource })).toEqual({
      "a[0]": [],
      "a[1]": [],
      'b["k"]': all.slice(0, 2),
      c: [...all, "passthru_host_device.d"],
    });
    expect(readStack({ resource }).deviceChanges[0]!.dependsOn).toEqual(all);
  });

  const remote = { terraform_remote_state: { "cross-stack-reference-input-b": {} } };
  const reader = {
    data: remote,
    resource: vms({ y: { annotation: "${data.terraform_remote_state.cross-stack-reference-input-b.outputs.o}" } }),
  };
  const writer = {
    output: { o: { value: "${vsphere_virtual_machine.x.id}" }, p: { value: "${vsphere_virtual_machine.z.id}" } },
    resource: vms({ x: {}, z: {} }),
  };

  test("through the output of another stack, and only that one", () => {
    const plan = readApp({ a: reader, b: writer }, { a: ["b"] });
    expect(plan.vms.map(({ address, dependsOn }) => [address, dependsOn])).toEqual([
      ["a/vsphere_virtual_machine.y", ["b/vsphere_virtual_machine.x"]],
      ["b/vsphere_virtual_machine.x", []],
      ["b/vsphere_virtual_machine.z", []],
    ]);
  });

  test("but not on a stack that is not selected, whose values are still read", () => {
    const named = { ...writer, output: { o: { value: "${vsphere_virtual_machine.x.name}" } }, resource: vms({ x: { name: "seen" } }) };
    const y = { ...reader, resource: vms({ y: { name: "${data.terraform_remote_state.cross-stack-reference-input-b.outputs.o}" } }) };
    const plan = readApp({ a: y, b: named }, { a: ["b"] }, { stacks: ["a"] });
    expect(plan.stacks).toMatchObject([{ name: "a", dependsOn: [] }]);
    expect(plan.vms).toMatchObject([{ address: "vsphere_virtual_machine.y", name: known("seen"), dependsOn: [] }]);
  });
});

describe("a circle", () => {
  test.each<[string, object, string]>([
    [
      "of two VMs",
      vms({ x: { depends_on: ["vsphere_virtual_machine.y"] }, y: { annotation: "${vsphere_virtual_machine.x.id}" } }),
      "these depend on each other: vsphere_virtual_machine.x, vsphere_virtual_machine.y",
    ],
    ["of one VM", vms({ x: { annotation: "${vsphere_virtual_machine.x.id}" } }), "vsphere_virtual_machine.x depends on itself"],
  ])("%s is a mistake", (_, resource, expected) => expect(mistakesOf(() => readStack({ resource }))).toContain(expected));

  // Tried with Terraform 1.11: each is planned and applied.
  test.each<[string, object]>([
    ["its provisioner", { provisioner: { "local-exec": { command: "echo ${vsphere_virtual_machine.x.default_ip_address}" } } }],
    ["its connection", { connection: { host: "${vsphere_virtual_machine.x.default_ip_address}" } }],
    [
      "a provisioner of counted VMs",
      { count: 1, provisioner: { "local-exec": { command: "${vsphere_virtual_machine.x[count.index].id}" } } },
    ],
    ["its depends_on", { depends_on: ["vsphere_virtual_machine.x"] }],
  ])("of a VM through %s is none", (_, body) => {
    expect(Object.values(dependenciesOf({ resource: vms({ x: body }) }))).toEqual([[]]);
  });

  test("of a VM and another's provisioner is found", () => {
    const provisioner = { "local-exec": { command: "echo ${vsphere_virtual_machine.y.id}" } };
    const resource = vms({ x: { provisioner }, y: { depends_on: ["vsphere_virtual_machine.x"] } });
    expect(mistakesOf(() => readStack({ resource }))).toContain("these depend on each other");
  });

  test("of locals alone is none", () => {
    const stack = { locals: { a: "${local.b}", b: "${local.a}" }, resource: vms({ x: { annotation: "${local.a}" } }) };
    expect(dependenciesOf(stack)).toEqual({ x: [] });
  });

  test("of a VM beside one of locals is found too", () => {
    const stack = {
      locals: { a: ["${local.b}", "${vsphere_virtual_machine.x.id}"], b: "${local.a}" },
      resource: vms({ x: { annotation: "${local.b}" } }),
    };
    expect(mistakesOf(() => readStack(stack))).toContain("these depend on each other");
  });

  test("of stacks is a mistake", () => {
    expect(mistakesOf(() => readApp({ a: { resource: {} }, b: { resource: {} } }, { a: ["b"], b: ["a"] }))).toContain(
      "these stacks depend on each other: a and b",
    );
  });
});

describe("stacks of several paths", () => {
  const one = appOf({ a: { resource: vms({ x: {} }) }, b: { resource: {} } }, { b: ["a"] });
  const two = Object.fromEntries(Object.entries(one).map(([path, content]) => [path.replace("cdktf.out", "other.out"), content]));

  test("keep names of their own", () => {
    const plan = readFiles({ ...one, ...two }, ["cdktf.out", "other.out"]);
    expect(plan.stacks.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ["a", []],
      ["b", ["a"]],
      ["a#2", []],
      ["b#2", ["a#2"]],
    ]);
    expect(plan.vms.map(({ address }) => address)).toEqual(["a/vsphere_virtual_machine.x", "a#2/vsphere_virtual_machine.x"]);
  });

  test.each([[["cdktf.out", "./cdktf.out/"]], [["cdktf.out", "cdktf.out/stacks/a/cdk.tf.json"]]])(
    "are read once when given twice: %j",
    (paths) => {
      expect(readFiles(one, paths).vms).toHaveLength(1);
    },
  );

  test("can be selected by name", () => {
    expect(readFiles(one, ["cdktf.out"], { stacks: ["b"] })).toMatchObject({ stacks: [{ name: "b", dependsOn: [] }], vms: [] });
    expect(mistakesOf(() => readFiles(one, ["cdktf.out"], { stacks: ["aa", "b"] }))).toBe(
      '--stack  no stack is named "aa"; did you mean "a"?; known: "a", "b"',
    );
  });
});

test("reachable nodes are those that a plain search finds", () => {
  const graph = fc
    .integer({ min: 1, max: 9 })
    .chain((size) => fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }));
  fc.assert(
    fc.property(graph, fc.infiniteStream(fc.boolean()), (successors, coin) => {
      const marked = successors.map((_, node) => node).filter(() => coin.next().value === true);
      const found = reachable(successors, marked)!;
      const inCycle = new Set(found.cycles.flat());
      for (const node of marked) {
        const seen = new Set<number>();
        const visit = (from: number): void => successors[from]!.forEach((next) => !seen.has(next) && (seen.add(next), visit(next)));
        visit(node);
        expect(inCycle.has(node)).toBe(seen.has(node));
        if (!seen.has(node) && !marked.some((other) => inCycle.has(other))) {
          expect(found.from(node).map((bit) => marked[bit])).toEqual(marked.filter((other) => seen.has(other)));
        }
      }
    }),
  );
});

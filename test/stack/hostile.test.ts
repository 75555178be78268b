import { readFileSync } from "node:fs";
import * as fc from "../properties";
import { InputError, Plan } from "../../lib/model";
import { appOf, readFiles, readStack, readVmOf, vmStack } from "./read";

/** Reads and says whether that ended as it may: with a plan or with located mistakes. Anything else is thrown on. */
function endsWell(read: () => Plan): boolean {
  try {
    return Array.isArray(read().vms);
  } catch (error) {
    if (error instanceof InputError) return error.mistakes.length > 0 && error.mistakes.every(({ message }) => message !== "");
    throw error;
  }
}

const sample = readFileSync("test/data/stacks/two-stacks.out/stacks/training/cdk.tf.json", "utf8");
const names = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "//",
  "vsphere_virtual_machine",
  "x",
  "",
  "a.b",
  "${local.x}",
);
const texts = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "${local.x}",
    "${",
    "%{if}",
    "$${x}",
    "${vsphere_virtual_machine.x.id}",
    "${range(1e9)}",
    "${each.value[*].a}",
    "10de:20f1",
    "-1",
    "all",
  ),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    texts,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.array(fc.tuple(fc.oneof(names, fc.string()), tie("tree")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

describe("whatever the input, there is a plan or a located mistake", () => {
  test("for any bytes", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => endsWell(() => readFiles({ "x.tf.json": bytes }, ["x.tf.json"]))));
  });

  test("for a configuration in HCL with anything anywhere", () => {
    const real = readFileSync("test/data/plans/real/main.tf", "utf8");
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("{", "}", '"', "${", "<<EOT\n", "[", "(", "\n", "= ", "for_each = ", "dynamic ", "/*", "__proto__ = 1\n"),
    );
    const anywhere = fc.tuple(fc.nat(real.length), fc.nat(12), piece);
    fc.assert(
      fc.property(anywhere, ([at, cut, text]) => {
        const changed = real.slice(0, at) + text + real.slice(at + cut);
        return endsWell(() => readFiles({ "x/main.tf": changed }, ["x"]));
      }),
      { numRuns: 150 },
    );
  });

  test("for any JSON where a stack, a resource, a VM's attribute or a manifest is expected", () => {
    const attributes = fc.constantFrom(
      "name",
      "memory",
      "count",
      "for_each",
      "clone",
      "extra_config",
      "pci_device_id",
      "lifecycle",
      "depends_on",
      "dynamic",
      "//",
    );
    fc.assert(
      fc.property(tree, attributes, names, (data, attribute, name) => {
        expect(endsWell(() => readStack(data))).toBe(true);
        expect(endsWell(() => readStack({ resource: data, locals: { x: data } }))).toBe(true);
        expect(endsWell(() => readStack(vmStack({ [attribute]: data }, { locals: { [name]: data, x: 1 } })))).toBe(true);
        expect(
          endsWell(() =>
            readStack({ resource: { passthru_template: { [name]: data }, vsphere_resource_pool: { [name]: { name: data } } } }),
          ),
        ).toBe(true);
        expect(endsWell(() => readFiles({ "o/manifest.json": { stacks: data } }, ["o"]))).toBe(true);
      }),
    );
  });

  test("for any expression", () => {
    const pieces = fc.constantFrom(
      "${",
      "}",
      '"',
      "[",
      "]",
      "(",
      ")",
      "{",
      "for ",
      "x",
      " in ",
      " : ",
      "*",
      ".",
      "local",
      "if ",
      "=>",
      "...",
      "?",
      "1",
      "-",
      "%{",
      "$",
      "\\",
      ",",
      "join",
      "range",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        return endsWell(
          () => readVmOf({ name: text, annotation: `\${${text}}` }, { locals: { x: `\${[${text}]}` } }) && readStack({ resource: {} }),
        );
      }),
    );
  });

  test("for a real stack with a piece changed", () => {
    const change = fc.record({
      at: fc.nat(sample.length - 1),
      length: fc.nat(20),
      by: fc.oneof(texts, fc.constantFrom("{", "}", "]", '"', ",", "1e999", "\u0000")),
    });
    fc.assert(
      fc.property(change, ({ at, length, by }) => endsWell(() => readStack(sample.slice(0, at) + by + sample.slice(at + length)))),
      { numRuns: 300 },
    );
  });

  test("for a real stack cut off anywhere", () => {
    for (let end = 0; end < sample.length - 1; end += 97) expect(endsWell(() => readStack(sample.slice(0, end)))).toBe(true);
  });
});

describe("names like those of prototypes are names", () => {
  test.each(["__proto__", "constructor", "toString"])("%s", (name) => {
    const text = `{"locals": {"${name}": "v"}, "resource": {"vsphere_virtual_machine": {"${name}": {"name": "\${local.${name}}", "extra_config": {"${name}": "e"}}}}}`;
    const [vm] = readStack(text).vms;
    expect(vm).toMatchObject({ address: `vsphere_virtual_machine.${name}`, name: { known: true, value: "v" } });
    expect(vm!.extraConfig.known && Object.entries(vm!.extraConfig.value)).toEqual([[name, "e"]]);
    expect(({} as Record<string, unknown>)["e"]).toBeUndefined();
  });
});

describe("work is bounded", () => {
  const ring = (size: number, of: (next: number) => unknown) =>
    Object.fromEntries(Array.from({ length: size }, (_, at) => [`l${at}`, of(at + 1)]));

  test.each<[string, () => unknown, RegExp]>([
    ["a text that doubles a hundred times", () => ring(100, (next) => `\${local.l${next}}\${local.l${next}}`), /not declared/],
    [
      "a text that doubles from something",
      () => ({ ...ring(100, (next) => `\${local.l${next}}\${local.l${next}}`), l100: "x" }),
      /size over/,
    ],
    [
      "lists of lists that double",
      () => ({ ...ring(60, (next) => `\${[local.l${next}, local.l${next}]}`), l60: "x", top: "${jsonencode(local.l0)}" }),
      /too much work|size over/,
    ],
    ["a chain of ten thousand", () => ({ ...ring(10_000, (next) => `\${local.l${next}}`), l10000: "x" }), /too many references/],
    ["loops in loops", () => ({ l0: "${[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]}" }), /too much work/],
  ])("for %s", (_, locals, why) => {
    const definitions = locals() as Record<string, unknown>;
    const name = "top" in definitions ? "${local.top}" : "${local.l0}-";
    const vm = readVmOf({ name }, { locals: definitions });
    expect(vm.name).toEqual({ known: false, why: expect.stringMatching(why) as string });
  });

  test("for rows of operators inside each other", () => {
    const expression = Array.from({ length: 48 }).reduce<string>((inside) => `(${inside})${"+1".repeat(95)}`, "1");
    expect(readVmOf({ name: `\${${expression}}` }).name).toEqual({ known: true, value: "4561" });
  });

  test("for a loop that puts ninety thousand into one group", () => {
    const name = '${length({ for a in flatten([for b in range(90) : range(1000)]) : "k" => a... }["k"])}';
    expect(readVmOf({ name }).name).toEqual({ known: true, value: "90000" });
  });

  test("for 50 MB of nonsense", () => {
    const nonsense = Buffer.alloc(50_000_000, "[");
    endsWell(() => readFiles({ "x.json": nonsense }, ["x.json"]));
    endsWell(() => readFiles({ "x.json": Buffer.alloc(50_000_000, 0xff) }, ["x.json"]));
    const text = Buffer.concat([Buffer.from('{"resource": "'), Buffer.alloc(50_000_000, "a")]);
    endsWell(() => readFiles({ "x.json": text }, ["x.json"]));
  });

  test("for a reference that is repeated in every VM", () => {
    const locals = { x: '${join(",", flatten([for a in range(50) : range(1000)]))}' };
    const vsphere_virtual_machine = Object.fromEntries(
      Array.from({ length: 500 }, (_, at) => [`v${at}`, { annotation: "${local.x}", name: "${length(local.x)}" }]),
    );
    expect(readStack({ locals, resource: { vsphere_virtual_machine } }).vms).toHaveLength(500);
  });
});

describe("5,000 VMs are read", () => {
  const body = (at: number) => ({
    "//": {
      metadata: { path: `app/vm-${at}`, uniqueId: `vm-${at}` },
      passthru: { accelerators: [{ allowed: ["10de:20f1"], count: 2 }], source: { file: "a.ts", line: at + 1 } },
    },
    name: `vm-${at}`,
    memory: 65536,
    memory_reservation: 65536,
    num_cpus: 16,
    firmware: "efi",
    resource_pool_id: "${data.vsphere_compute_cluster.c.resource_pool_id}",
    datastore_id: "${data.vsphere_datastore.d.id}",
    network_interface: [{ network_id: "${data.vsphere_network.n.id}" }],
    clone: { template_uuid: "${passthru_template.t.uuid}" },
  });
  const stack = (link: (at: number) => object) => ({
    data: {
      vsphere_compute_cluster: { c: { name: "gpu" } },
      vsphere_datastore: { d: { name: "vsan" } },
      vsphere_network: { n: { name: "vlan" } },
    },
    resource: {
      passthru_template: { t: { device: [{ allowed: ["10de:20f1"] }, { allowed: ["10de:20f1"] }] } },
      vsphere_virtual_machine: Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`vm-${at}`, { ...body(at), ...link(at) }])),
    },
  });

  const count = (text: string): number => readStack(text).vms.length;

  test("that have nothing to do with each other", () => expect(count(JSON.stringify(stack(() => ({}))))).toBe(5000));

  test("that all depend on the first", () => {
    expect(count(JSON.stringify(stack((at) => (at === 0 ? {} : { depends_on: ["vsphere_virtual_machine.vm-0"] }))))).toBe(5000);
  });

  test("and in a chain", () => {
    const text = JSON.stringify(stack((at) => (at === 0 ? {} : { depends_on: [`vsphere_virtual_machine.vm-${at - 1}`] })));
    expect(count(text)).toBe(5000);
    expect(readStack(text).vms.at(-1)!.dependsOn).toHaveLength(4999);
  });

  test("made by count", () => {
    const text = JSON.stringify(
      vmStack({ ...body(0), count: 5000, name: '${format("vm-%04d", count.index)}' }, { data: stack(() => ({})).data }),
    );
    expect(count(text)).toBe(5000);
  });

  test("and the same input gives the same bytes", () => {
    const app = appOf({ a: stack(() => ({})), b: sample });
    expect(JSON.stringify(readFiles(app, ["cdktf.out"]))).toBe(JSON.stringify(readFiles(app, ["cdktf.out"])));
  });
});

import { check } from "../lib/check";
import { InputError, Report } from "../lib/model";
import { filesOf } from "./stack/files";

// Whatever is written, an answer or a located mistake comes soon. Nothing here looks at a clock: what grows faster than its input
// would take minutes at these sizes, and memory for hours.

const INVENTORY = `cluster "gpu" {
  drs {}
  host "h1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:10:00.0" {
      id = "10de:20f1"
    }
  }
  template "t1" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}
`;

const vm = (count: string, more = "") => `
data "vsphere_compute_cluster" "c" {
  name = "gpu"
}
data "vsphere_virtual_machine" "t1" {
  name = "t1"
}
resource "vsphere_virtual_machine" "n" {
  count              = ${count}
  name               = "n-\${count.index}"
  resource_pool_id   = data.vsphere_compute_cluster.c.resource_pool_id
  firmware           = "efi"
  hardware_version   = 20
  memory             = 65536
  memory_reservation = 65536
  clone {
    template_uuid = data.vsphere_virtual_machine.t1.id
  }
${more}}
`;
const lines = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => `${line(at)}\n`).join("");
const locals = (inside: string) => `locals {\n${inside}}\n`;
const inVm = (inside: object) => JSON.stringify({ resource: { vsphere_virtual_machine: { n: inside } } });

/** An app whose stacks have a VM each, every one after the one before. */
function chainOf(count: number): Readonly<Record<string, unknown>> {
  const names = Array.from({ length: count }, (_, at) => `s${at}`);
  const stacks = names.map((name, at) => {
    const dependencies = at === 0 ? [] : [`s${at - 1}`];
    return [name, { name, constructPath: name, synthesizedStackPath: `stacks/${name}/cdk.tf.json`, dependencies }] as const;
  });
  const text = inVm({ name: "n" });
  const files = names.map((name) => [`stacks/${name}/cdk.tf.json`, text] as const);
  return { "manifest.json": { stacks: Object.fromEntries(stacks) }, ...Object.fromEntries(files) };
}

/** The verdict, or the mistakes. */
function answer(judge: () => Report): string | undefined {
  try {
    return judge().clusters[0]?.powerOn.verdict;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

type Expected = "guaranteed" | "impossible" | "unknown" | RegExp;

test.each<[string, Expected, Readonly<Record<string, unknown>>]>([
  ["50,000 instances", "impossible", { "main.tf": vm("50000") }],
  ["100,000 instances", "unknown", { "main.tf": vm("100000") }],
  ["a sum of 20,000", "impossible", { "main.tf": vm(Array(20_000).fill("1").join("+")) }],
  [
    "a longer sum",
    /^stack\/main.tf:9:24 {2}too long or too many expressions to read/,
    { "main.tf": vm(Array(20_000).fill("1").join(" + ")) },
  ],
  ["20,000 operators before a value", /can't be read as HCL|too long/, { "main.tf": vm(`${"!".repeat(20_000)}true ? 1 : 0`) }],
  [
    "20,000 chained locals",
    "unknown",
    { "main.tf": vm("local.c19999") + locals("c0 = 1\n" + lines(19_999, (at) => `c${at + 1} = local.c${at}`)) },
  ],
  [
    "a chain that nobody asks for",
    "guaranteed",
    { "main.tf": vm("1") + locals(lines(5_000, (at) => `c${at} = "\${local.c${at + 1}}-x"`) + '\nc5000 = "x"\n') },
  ],
  ["locals that need each other", "unknown", { "main.tf": vm("local.a") + locals("a = local.b\nb = local.a\n") }],
  ["10,000 brackets", /nested more than 100 deep/, { "main.tf": vm("1") + locals(`a = ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`) }],
  ["10,000 blocks in each other", /nested more than 100 deep/, { "main.tf": "a {\n".repeat(10_000) }],
  [
    "10,000 files",
    "guaranteed",
    { "main.tf": vm("1"), ...Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f${at}.tf`, locals(`l${at} = 1\n`)])) },
  ],
  [
    "20,000 names that others begin with",
    "guaranteed",
    {
      "main.tf": vm(
        "1",
        lines(20_000, (at) => `  a${at} = 1`),
      ),
    },
  ],
  ["a key twice", /key "memory" is given twice/, { "main.tf.json": inVm({ name: "n", memory: 1 }).replace("}}}}", ',"memory":2}}}}') }],
  ["10,000 chained stacks", /10000 stacks depend on each other in chains too long to judge/, chainOf(10_000)],
])("%s", (_, expected, files) => {
  const inside = Object.fromEntries(Object.entries(files).map(([name, text]) => [`stack/${name}`, text]));
  const inputs = { files: filesOf({ ...inside, "i.hcl": INVENTORY }), paths: ["stack"], inventories: ["i.hcl"] };
  expect(answer(() => check(inputs))).toEqual(typeof expected === "string" ? expected : (expect.stringMatching(expected) as string));
});

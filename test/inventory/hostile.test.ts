import * as fc from "../properties";
import { Cluster } from "../../lib/model";
import { example, mistakesIn, read } from "./files";

const FORMATS = ["hcl", "yaml", "json"] as const;
const format = fc.constantFrom(...FORMATS);

/** A file is an inventory, or has at least one mistake; nothing else is thrown, and nothing takes long. */
function isJudged(name: string, text: string | Uint8Array): void {
  const mistakes = mistakesIn(name, text);
  if (mistakes !== undefined) expect(mistakes).not.toBe("");
}

test("any bytes", () => {
  fc.assert(fc.property(fc.constantFrom("a.hcl", "a.yaml", "a.json", "a"), fc.uint8Array({ maxLength: 200 }), isJudged));
});

test("any tree, with any names", () => {
  const key = fc.oneof(
    fc.constantFrom("clusters", "hosts", "vms", "devices", "name", "__proto__", "constructor", "toString", "0"),
    fc.string(),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "medium" },
      fc.jsonValue(),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie("tree")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  fc.assert(fc.property(fc.constantFrom("a.json", "a.yaml"), tree, (name, value) => isJudged(name, JSON.stringify({ clusters: value }))));
});

test("any good inventory with a value put in the place of another", () => {
  const original = JSON.parse(example("full.json"));
  const odd = fc.constantFrom<unknown>(null, -1, 1.5, 1e308, "", "esx-[1-9999].lab", "[", [], {}, [[]], [null], true, "__proto__", {
    __proto__: null,
    constructor: {},
  });
  const paths = [...pathsOf(original)];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...paths), odd), { minLength: 1, maxLength: 3 }),
      fc.constantFrom("a.json", "a.yaml"),
      (changes, name) => {
        const tree = structuredClone(original);
        for (const [path, value] of changes) put(tree, path, structuredClone(value));
        isJudged(name, JSON.stringify(tree));
      },
    ),
    { numRuns: 400 },
  );
});

test("any good inventory with letters taken out, put in or doubled", () => {
  const junk = fc.constantFrom(
    "",
    "{",
    "}",
    "[",
    "]",
    '"',
    "=",
    ":",
    ",",
    "\n",
    " ",
    "- ",
    "${",
    "<<E\n",
    "\\",
    "\u0000",
    "#",
    "&a",
    "*a",
    "!t",
    "'",
    "é",
    "\ud800",
  );
  const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 5 }), junk);
  fc.assert(
    fc.property(format, fc.array(edit, { minLength: 1, maxLength: 3 }), (kind, edits) => {
      const text = edits.reduce(
        (before, [where, removed, added]) => {
          const at = Math.floor(where * before.length);
          return before.slice(0, at) + added + before.slice(at + removed);
        },
        example(`full.${kind}`),
      );
      isJudged(`a.${kind}`, text);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, string]>([
  ["a.json", '{"clusters":'.repeat(100_000)],
  ["a.json", `{"clusters":[${'{"name":"c"},'.repeat(100_000)}{"name":"c"}]}`],
  ["a.json", `{"clusters":[{"name":"c",${Array.from({ length: 50_000 }, (_, i) => `"k${i}":1`).join(",")}}]}`],
  [
    "a.json",
    `{"clusters":[{"name":"c","vms":[${Array.from({ length: 30_000 }, (_, i) => `{"name":"v${i}","host":"h${i}"}`).join(",")}]}]}`,
  ],
  [
    "a.json",
    `{"clusters":[{"name":"c","resource_pools":[${Array.from({ length: 30_000 }, (_, i) => `{"name":"p${i}","parent":"p${(i + 1) % 30_000}"}`).join(",")}]}]}`,
  ],
  [
    "a.json",
    `{"clusters":[{"name":"c","host_rules":[${'{"name":"r","vms":[],"hosts":["h[1-10000]"]},'.repeat(3000)}{"name":"r","vms":[],"hosts":[]}]}]}`,
  ],
  ["a.json", `{"clusters":[{"name":"c","templates":[${"{},".repeat(50_000)}{}]}]}`],
  ["a.yaml", `clusters: ${"[".repeat(100_000)}`],
  ["a.yaml", "clusters: &a\n  - *a\n"],
  ["a.yaml", Array.from({ length: 3000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
  ["a.yaml", "? ".repeat(100_000)],
  ["a.hcl", 'cluster "c" {\n'.repeat(50_000)],
  ["a.hcl", `cluster "c" {\n${Array.from({ length: 20_000 }, (_, i) => `host "h[1-${i}]" {}\n`).join("")}}\n`],
  ["a.hcl", `cluster "c" {\n${Array.from({ length: 3000 }, (_, i) => `k${i} = f(${i})\n`).join("")}}\n`],
  ["a.hcl", `x = ${"-".repeat(200_000)}1\n`],
  ["a.hcl", `x = ${"1 + ".repeat(20_000)}1\n`],
  ["a.hcl", `x = ${"a ? b : ".repeat(5_000)}1\n`],
  ["a.hcl", `x = [${"1, # one\n".repeat(100_000)}]\n`],
  ["a.hcl", Array.from({ length: 200 }, (_, i) => `x${i} = [${`f(${i}),`.repeat(5000)}]\n`).join("")],
])(
  "a hostile %s (%#) is refused",
  (name, text) => {
    expect(mistakesIn(name, text)).toBeDefined();
  },
  120_000,
);

describe("size", () => {
  const hosts = Array.from({ length: 1250 }, (_, host) => ({
    name: `esx-${host}.lab`,
    esxi: "8.0.2",
    cpu_mhz: 166400,
    memory_mb: 1048576,
    devices: Array.from({ length: 8 }, (_, device) => ({
      address: `0000:${(device + 16).toString(16)}:00.0`,
      id: "10de:20f1",
      subsystem: "10de:145f",
      revision: "a1",
      label: "Training",
      passthrough: "active",
    })),
  }));

  test("two megabytes of JSON keep the places of everything", () => {
    const text = JSON.stringify({ clusters: [{ name: "c", hosts }] }, null, 1);
    expect(text.length).toBeGreaterThan(1.9e6);
    const [cluster] = read("a.json", text).clusters;
    expect(cluster!.hosts[1249]!.devices[7]!.source.line).toBe(placeOf(text, cluster!));
  });

  /** The line of the last device's opening brace, which stands above its address. */
  function placeOf(text: string, cluster: Cluster): number {
    expect(cluster.hosts).toHaveLength(1250);
    return text.slice(0, text.lastIndexOf('"address"')).split("\n").length - 1;
  }
});

type Path = readonly (string | number)[];

function* pathsOf(tree: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (tree === null || typeof tree !== "object") return;
  for (const [key, part] of Object.entries(tree)) yield* pathsOf(part, [...path, Array.isArray(tree) ? Number(key) : key]);
}

function put(tree: unknown, path: Path, value: unknown): void {
  let place = tree as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) {
    const next = place[key];
    if (next === null || typeof next !== "object") return;
    place = next as Record<string | number, unknown>;
  }
  place[path.at(-1)!] = value;
}

import { run } from "../../lib/cli/run";
import { memoryIo } from "./memory-io";

const INVENTORY = `
cluster "gpu-prod" {
  ha {}
  host "esx-[1-3].lab" {
    esxi      = "8.0.2"
    cpu_mhz   = 166400
    memory_mb = 1048576
    devices "10de:20f1" {
      count = 2
    }
  }
}
`;

const FILES = { "inventory.hcl": INVENTORY, "farm/other.hcl": INVENTORY.replace("gpu-prod", "gpu-test") };
const io = (rest: Parameters<typeof memoryIo>[1] = {}) => memoryIo(FILES, rest);

test("rules lists every rule once", async () => {
  const outside = io();
  expect([await run(["rules"], outside), outside.printed.err]).toEqual([0, ""]);
  const ids = [...outside.printed.out.matchAll(/^(?:error|warning|note) +([a-z-]+)/gm)].map((match) => match[1]!);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(ids).toEqual(expect.arrayContaining(["order-dependent", "mmio-too-small", "rule-failed"]));
});

test("rules explains one", async () => {
  const outside = io();
  expect(await run(["rules", "label-near-miss"], outside)).toBe(0);
  expect(outside.printed.out).toMatch(
    /^warning label-near-miss\n[^]*\n {2}fix: [^]*\n {2}example:\n\nwarning label-near-miss {3}train-1 {3}stack.tf:9\n/,
  );
});

test.each([
  ["lable-near-miss", /^error: there is no rule "lable-near-miss"\n\(Did you mean label-near-miss\?\)\n/],
  ["nothing-like-it", /^error: there is no rule "nothing-like-it"\n\(rules without an id lists them all\)\n\(--help/],
  ["__proto__", /^error: there is no rule "__proto__"\n/],
  ["\u001b[2J", /^error: there is no rule "\ufffd\[2J"\n/],
])("a rule that is not there, %j, is no answer", async (id, message) => {
  const outside = io();
  expect([await run(["rules", id], outside), outside.printed.out]).toEqual([2, ""]);
  expect(outside.printed.err).toMatch(message);
});

test.each<[string, readonly string[], readonly string[]]>([
  ["the one that is here", [], ["gpu-prod"]],
  ["one that is named", ["farm/other.hcl"], ["gpu-test"]],
  ["one that is named as check has it", ["-i", "farm/other.hcl"], ["gpu-test"]],
  ["several", ["-i", "inventory.hcl", "-i", "farm/other.hcl"], ["gpu-prod", "gpu-test"]],
])("inventory show draws %s", async (_, args, names) => {
  const outside = io();
  expect([await run(["inventory", "show", ...args], outside), outside.printed.err]).toEqual([0, ""]);
  const found = [...outside.printed.out.matchAll(/^(gpu-\w+) {3}3 hosts, 6 × A100-PCIE-40GB/gm)].map((match) => match[1]);
  expect(found).toEqual(names);
  expect(outside.printed.out).toContain("  esx-1  □□\n");
});

test("inventory show says what is wrong with an inventory, and draws nothing", async () => {
  const outside = memoryIo({ "inventory.hcl": 'cluster "a" {' });
  expect([await run(["inventory", "show"], outside), outside.printed.out]).toEqual([2, ""]);
  expect(outside.printed.err).toMatch(/^inventory\.hcl:1/);
});

test("both are coloured where colour is wanted", async () => {
  const outside = io({ environment: { FORCE_COLOR: "1" } });
  await run(["rules"], outside);
  await run(["inventory", "show"], outside);
  expect(outside.printed.out).toMatch(/\u001b\[1morder-dependent\u001b/);
  expect(outside.printed.out).toMatch(/\u001b\[1mgpu-prod\u001b/);
});

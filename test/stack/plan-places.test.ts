import { known } from "../../lib/model";
import { change, configured, planOf } from "./plans";
import { readFiles } from "./read";

const VM = "vsphere_virtual_machine.x";
const inModule = change(`module.m.${VM}`, ["create"], null, { name: "m" });
const call = (source: string) => ({ m: { source, module: { resources: [configured(VM, {})] } } });
const plan = (module_calls: object = {}) =>
  planOf([change(VM, ["create"], null, { name: "x" }), inModule], [configured(VM, {})], { root: { module_calls } });
const HCL = '\n\nresource "vsphere_virtual_machine" "x" {\n  memory = (\n}\n';
const GOOD = HCL.replace("(", "1");

function sources(files: Readonly<Record<string, unknown>>, path = "p/plan.json"): readonly string[] {
  return readFiles(files, [path]).vms.map(({ source: { file, line } }) => `${file}:${line}`);
}

describe("a VM of a plan is where its configuration writes it", () => {
  test.each<[string, Record<string, unknown>, RegExp[]]>([
    ["beside the plan", { "p/plan.json": plan(), "p/a.tf": GOOD }, [/^p\/a\.tf:3$/, /^p\/plan\.json:/]],
    [
      "in a module under it",
      { "p/plan.json": plan(call("./mods/m")), "p/mods/m/m.tf": GOOD },
      [/^p\/plan\.json:/, /^p\/mods\/m\/m\.tf:3$/],
    ],
    ["but not in a module elsewhere", { "p/plan.json": plan(call("../m")), "m/m.tf": GOOD }, [/plan\.json/, /plan\.json/]],
    ["nor by a detour", { "p/plan.json": plan(call("./a/../../m")), "m/m.tf": GOOD }, [/plan\.json/, /plan\.json/]],
    [
      "nor where that can't be read",
      { "p/plan.json": plan(), "p/a.tf": HCL, "p/b.tf.json": "{", "p/c.tf.json": [] },
      [/plan\.json/, /plan\.json/],
    ],
  ])("%s", (_, files, expected) => {
    sources(files).forEach((source, at) => expect(source).toMatch(expected[at]!));
  });
});

test("what a construct left in the stack beside its plan is read", () => {
  const passthru = { accelerators: [{ allowed: ["10de:20f1"] }], source: { file: "stacks/a.ts", line: 7 } };
  const stack = { resource: { vsphere_virtual_machine: { x: { "//": { metadata: { path: "a/x" }, passthru } } } } };
  const [vm] = readFiles({ "out/plan.json": plan(), "out/cdk.tf.json": stack }, ["out/plan.json"]).vms;
  expect(vm).toMatchObject({
    constructPath: "a/x",
    source: { file: "stacks/a.ts", line: 7 },
    carriers: { metadata: known([{ kind: "dynamic", allowed: [{ vendor: 0x10de, device: 0x20f1 }] }]), gpuIntent: true },
  });
});

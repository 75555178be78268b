import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newRule } from "../../tools/new-rule";

const checkout = join(__dirname, "../..");
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "passthru-rule-"));
  for (const folder of ["lib/rules", "lib/wording", "lib/model"]) cpSync(join(checkout, folder), join(root, folder), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const catalogue = () => readFileSync(join(root, "lib/rules/catalogue.ts"), "utf8");

test("a new rule has its file, its line in the catalogue and its fixture, and compiles", () => {
  const before = catalogue();
  expect(newRule(root, "host-too-new")).toEqual([
    "lib/rules/host-too-new.ts",
    "test/rules/fixtures/host-too-new/stack.tf",
    "test/rules/fixtures/host-too-new/near-miss.stack.tf",
    "test/rules/fixtures/host-too-new/inventory.hcl",
    "lib/rules/catalogue.ts",
  ]);
  const line = 'export { hostTooNew } from "./host-too-new";\n';
  expect(catalogue().replace(line, "")).toBe(before);
  expect(catalogue()).toMatch(/"\.\/host-out-of-service";\nexport \{ hostTooNew \}/);
  const compilerOptions = { noEmit: true, rootDir: root, types: [] };
  writeFileSync(
    join(root, "tsconfig.json"),
    JSON.stringify({ extends: join(checkout, "tsconfig.json"), compilerOptions, include: ["lib/rules/catalogue.ts"] }),
  );
  execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", root], { stdio: "inherit" });
});

test.each([
  ["label-near-miss", /there is a rule "label-near-miss" already: lib/],
  ["Label-Miss", /"Label-Miss" is no id of a rule: expected lower-case words/],
  ["default", /no id of a rule/],
  ["../escape-it", /no id of a rule/],
  ["", /no id of a rule/],
])("the id %j is refused, and nothing changes", (id, message) => {
  const before = catalogue();
  expect(() => newRule(root, id)).toThrow(message);
  expect(catalogue()).toBe(before);
});

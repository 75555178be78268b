import { findInventory, MissingInventory } from "../lib/find-inventory";
import { Files } from "../lib/model";

/** Files by their paths; every folder on the way is there too. */
function files(...paths: readonly string[]): Files {
  const isFolder = (path: string): boolean => path === "." || paths.some((file) => file.startsWith(`${path.replace(/\/$/, "")}/`));
  return {
    kind: (path) => (paths.includes(path) ? "file" : isFolder(path) ? "folder" : "none"),
    read: () => new Uint8Array(),
    list: () => [],
  };
}

test.each([
  ["beside the folder", ["cdktf.out/manifest.json", "inventory.hcl"], ["cdktf.out"], ["inventory.hcl"]],
  ["inside the folder first", ["infra/main.tf", "infra/inventory.yaml", "inventory.hcl"], ["infra"], ["infra/inventory.yaml"]],
  ["inside the folder, with a slash", ["infra/main.tf", "infra/inventory.yaml"], ["infra/"], ["infra/inventory.yaml"]],
  ["beside the file", ["out/cdk.tf.json", "out/inventory.json"], ["out/cdk.tf.json"], ["out/inventory.json"]],
  ["in the working directory", ["inventory.json", "deep/out/manifest.json"], ["deep/out"], ["inventory.json"]],
  ["here for standard input", ["inventory.hcl"], ["-"], ["inventory.hcl"]],
  ["each path's own", ["a/x", "a/inventory.hcl", "b/x", "b/inventory.hcl"], ["a", "b"], ["a/inventory.hcl", "b/inventory.hcl"]],
  ["once where paths share it", ["a/x", "b/x", "inventory.hcl"], ["a", "b"], ["inventory.hcl"]],
])("an inventory is found %s", (_, there, paths, found) => {
  expect(findInventory(files(...there), paths)).toEqual(found);
});

test("none found says where it was looked for", () => {
  const find = () => findInventory(files("out/x"), ["out"]);
  expect(find).toThrow(MissingInventory);
  expect(find).toThrow("no inventory found (looked in out, here for inventory.hcl, inventory.yaml, inventory.json)");
});

test("two in one place are not guessed between", () => {
  expect(() => findInventory(files("inventory.hcl", "inventory.yaml"), ["-"])).toThrow("inventory.hcl  inventory.yaml beside it");
});

import { InputError } from "../../lib/model";
import { readFiles } from "./read";

const vm = (name: string) => `resource "vsphere_virtual_machine" "${name}" {\n  name = "${name}"\n}\n`;
const json = (name: string) => JSON.stringify({ resource: { vsphere_virtual_machine: { [name]: { name } } } });
const BROKEN = "left in the middle of a {";

function vmsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const inside = Object.fromEntries(Object.entries(files).map(([name, text]) => [`stack/${name}`, text]));
  return readFiles(inside, ["stack"]).vms.map(({ address }) => address.replace("vsphere_virtual_machine.", ""));
}

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["each kind of file", { "a.tf": vm("a"), "b.tf.json": json("b"), "c.tofu": vm("c"), "d.tofu.json": json("d") }, ["a", "b", "c", "d"]],
  ["OpenTofu's own alone", { "main.tofu": vm("a") }, ["a"]],
  ["a twin in its place", { "main.tf": vm("a"), "main.tofu": vm("b"), "other.tf": vm("c") }, ["b", "c"]],
  ["a twin in JSON in its place", { "main.tf.json": json("a"), "main.tofu.json": json("b") }, ["b"]],
  ["no twin of another notation", { "main.tf": vm("a"), "main.tofu.json": json("b") }, ["a", "b"]],
  ["not what an override would hide as a twin", { "main.tf": vm("a"), ".main.tofu": vm("b"), "main.tofu~": vm("c") }, ["a"]],
  ["no hidden file", { "main.tf": vm("a"), ".main.tf": BROKEN, ".#main.tf": BROKEN, ".tf": BROKEN }, ["a"]],
  ["no backup", { "main.tf": vm("a"), "main.tf~": BROKEN, "#main.tf#": BROKEN, "main.tf.bak": BROKEN }, ["a"]],
  ["what only begins or ends like one", { "#main.tf": vm("a"), "~main.tf": vm("b"), "a.b.tf": vm("c") }, ["a", "c", "b"]],
  ["no folder of such a name", { "main.tf": vm("a"), "modules.tf/main.tf": BROKEN }, ["a"]],
])("a folder is read as Terraform and OpenTofu do: %s", (_, files, expected) => {
  expect(vmsOf(files)).toEqual(expected);
});

test.each(["main.tofu", "main.tofu.json"])("%s alone names its stack as its folder", (name) => {
  const text = name.endsWith(".json") ? json("a") : vm("a");
  expect(readFiles({ [`training/${name}`]: text }, [`training/${name}`]).stacks).toMatchObject([{ name: "training" }]);
});

test("what is hidden alone is no configuration", () => {
  expect(() => vmsOf({ ".main.tf": vm("a") })).toThrow(InputError);
});

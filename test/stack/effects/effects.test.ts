import { readFileSync } from "node:fs";
import { BlockSchema, RESOURCES } from "../../../lib/schema";
import { argumentsWith, effectOf, ifOff, isJudgedProvider, isKnownType } from "../../../lib/stack/effects";
import { CLUSTER_RESOURCES } from "../../../lib/stack/effects/cluster-resources";
import { TABLES } from "../../../lib/stack/effects/tables";

// Every type with its arguments, separated by spaces.
const VSPHERE = JSON.parse(readFileSync("test/data/vsphere-provider/arguments-2.16.1.json", "utf8")) as Record<string, string>;

function pathsOf({ attributes, blocks = {} }: BlockSchema): readonly string[] {
  const inside = Object.entries(blocks).flatMap(([name, block]) => [name, ...pathsOf(block).map((path) => `${name}.${path}`)]);
  return [...Object.keys(attributes), ...inside];
}

const SCHEMA = new Map<string, readonly string[]>([
  ...Object.entries(VSPHERE).map(([type, paths]) => [type, paths.split(" ")] as const),
  // Terraform adds an id to each resource.
  ...Object.entries(RESOURCES).map(([type, schema]) => [type, ["id", ...pathsOf(schema)]] as const),
]);

describe("the table of arguments", () => {
  test("has exactly the resource types of the vSphere provider and of our own", () => {
    expect([...TABLES.keys()].sort()).toEqual([...SCHEMA.keys()].sort());
  });

  // A new version of a provider fails here until somebody has decided what its new arguments do.
  test.each([...SCHEMA])("%s: decides every argument, and names none that is not there", (type, paths) => {
    expect(paths.filter((path) => effectOf(type, path) === undefined)).toEqual([]);
    expect([...TABLES.get(type)!.lines.keys()].filter((path) => !paths.includes(path))).toEqual([]);
  });

  test("lists no argument of a type twice", () => {
    for (const [type, byEffect] of Object.entries(CLUSTER_RESOURCES)) {
      const names = Object.values(byEffect)
        .join(" ")
        .split(/\s+/)
        .filter((name) => name !== "");
      expect([type, names.length]).toEqual([type, new Set(names).size]);
    }
  });

  test.each([
    ["vsphere_virtual_machine", "hv_mode", "cycle"],
    ["vsphere_virtual_machine", "clone.customize.linux_options.domain", "replace"],
    ["vsphere_virtual_machine", "clone.customize.network_interface.ipv4_address", "harmless"],
    ["vsphere_virtual_machine", "disk.size", "live"],
    ["vsphere_virtual_machine", "disk.newer", undefined],
    ["vsphere_virtual_machine", "newer", undefined],
    ["vsphere_virtual_machine", "newer.inside", undefined],
    ["vsphere_host", "maintenance", "cluster"],
    ["vsphere_host", "services.ntpd.enabled", "harmless"],
    ["vsphere_newer", "name", undefined],
  ])("%s.%s: %s", (type, path, effect) => expect(effectOf(type, path)).toBe(effect));

  test.each([
    ["annotation", "on"],
    ["clone.timeout", "stays off"],
    ["newer", "on"],
  ])("an update of %s of a VM that is off: %s", (path, answer) => expect(ifOff(path)).toBe(answer));

  test("tells by which arguments a type changes a cluster", () => {
    expect(argumentsWith("vsphere_host", "cluster")).toEqual(["cluster", "cluster_managed", "connected", "maintenance"]);
    expect(argumentsWith("vsphere_tag", "cluster")).toEqual([]);
    expect(argumentsWith("vsphere_newer", "cluster")).toEqual([]);
  });

  test("tells which types it knows, and whose", () => {
    expect([isKnownType("vsphere_tag"), isKnownType("vsphere_newer"), isKnownType("null_resource")]).toEqual([true, false, false]);
    expect([isJudgedProvider("vsphere_newer"), isJudgedProvider("passthru_newer"), isJudgedProvider("null_resource")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

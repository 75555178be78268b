import { readFileSync } from "node:fs";
import { BlockSchema, RESOURCES } from "../lib/schema";

type Data = unknown;
type DataMap = Readonly<Record<string, Data>>;

// Every resource type of the vSphere provider with its arguments, separated by spaces.
const VSPHERE = JSON.parse(readFileSync("test/data/vsphere-provider/arguments-2.16.1.json", "utf8")) as Record<string, string>;

const ARGUMENTS = new Map<string, ReadonlySet<string>>([
  ...Object.entries(VSPHERE).map(([type, paths]) => [type, new Set(paths.split(" "))] as const),
  ...Object.entries(RESOURCES).map(([type, schema]) => [type, new Set(pathsOf(schema))] as const),
]);

/** What Terraform takes in every resource. */
const META = new Set(["//", "count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "connection"]);

/**
 * What `terraform validate` would say of the names in a configuration's resources: a type without a resource, a type or an argument that
 * no provider's schema has. Other providers than the vSphere provider and ours are left out.
 */
export function wrongNames(configuration: { readonly resource?: Data }): readonly string[] {
  return bodies(configuration.resource)
    .flatMap(Object.entries<Data>)
    .flatMap(([type, resources]) => {
      if (!/^(vsphere|passthru)_/.test(type)) return [];
      const known = ARGUMENTS.get(type);
      if (known === undefined) return [`${type} is no resource type`];
      const named = bodies(resources)
        .flatMap(Object.entries<Data>)
        .flatMap(([name, body]) => bodies(body).map((each) => ({ name, body: each })));
      if (named.length === 0) return [`${type} has no resource`];
      return named.flatMap(({ name, body }) =>
        Object.entries(body)
          .filter(([key]) => !META.has(key))
          .flatMap(([key, value]) => wrongPaths(key, value, known).map((path) => `${type}.${name}: no argument ${path}`)),
      );
    });
}

/** A path that has others below it is a block; what is in a map is the author's. */
function wrongPaths(path: string, value: Data, known: ReadonlySet<string>): readonly string[] {
  if (!known.has(path)) return [path];
  if (![...known].some((other) => other.startsWith(`${path}.`))) return [];
  return bodies(value).flatMap((body) => Object.entries(body).flatMap(([key, each]) => wrongPaths(`${path}.${key}`, each, known)));
}

function bodies(value: Data): readonly DataMap[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is DataMap => typeof each === "object" && each !== null);
}

function pathsOf({ attributes, blocks = {} }: BlockSchema): readonly string[] {
  const inside = Object.entries(blocks).flatMap(([name, block]) => [name, ...pathsOf(block).map((path) => `${name}.${path}`)]);
  return [...Object.keys(attributes), ...inside];
}

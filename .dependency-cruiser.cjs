// The picture in one table: what each part under lib/ may import. Whatever is not named here is forbidden.
const lib = {
  model: [],
  schema: [],
  json: ["model"],
  hcl: ["model"],
  inventory: ["model", "schema", "json", "hcl"],
  stack: ["model", "schema", "json", "hcl"],
  engine: ["model", "schema"],
  wording: ["model"],
  rules: ["model", "wording"],
  gate: ["model"],
  report: ["model", "wording"],
  "find-inventory.ts": ["model"],
  "disk-files.ts": ["model"],
  "check.ts": ["model", "inventory", "stack", "engine", "rules", "gate", "find-inventory.ts"],
  "index.ts": ["model", "schema", "engine", "report", "check.ts", "disk-files.ts"],
  "install-provider.ts": ["schema"],
  vsphere: [],
  provider: ["model", "schema", "vsphere"],
  cli: ["model", "schema", "inventory", "gate", "rules", "report", "check.ts", "find-inventory.ts", "disk-files.ts", "install-provider.ts"],
};

// The engine's floors, lowest first: each may import those before it. Its own files beside them compose.
const engineFloors = ["constraints", "settings", "compile", "changes", "packing", "state-space", "witness", "power-on", "failover"];

const floorRules = engineFloors.map((floor, index) => ({
  name: `engine-${floor}-imports-upwards`,
  comment: `lib/engine/${floor} may import ${engineFloors.slice(0, index).join(", ") || "no other floor"}`,
  severity: "error",
  from: { path: `^lib/engine/${floor}/` },
  to: { path: "^lib/engine/", pathNot: engineFloors.slice(0, index + 1).map((each) => `^lib/engine/${each}/`) },
}));

const place = (part) => (part.endsWith(".ts") ? `^lib/${part.replace(".", "[.]")}$` : `^lib/${part}/`);

const partRules = Object.entries(lib).map(([part, allowed]) => ({
  name: `${part}-imports-too-much`,
  comment: `lib/${part} may import ${allowed.join(", ") || "no other part"}`,
  severity: "error",
  from: { path: place(part) },
  to: { path: "^(lib|constructs|stacks|test)/", pathNot: [place(part), ...allowed.map(place)] },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...partRules,
    ...floorRules,
    {
      name: "part-not-in-the-picture",
      comment: "a new part of lib/ needs its line in the table",
      severity: "error",
      from: { path: "^lib/", pathNot: Object.keys(lib).map(place) },
      to: {},
    },
    {
      name: "door",
      comment: "a folder of lib/ is entered through its index.ts",
      severity: "error",
      from: { path: "^lib/([^/]+)/" },
      to: { path: "^lib/[^/]+/.+", pathNot: ["^lib/$1/", "^lib/[^/]+/index[.]ts$"] },
    },
    {
      name: "door-from-outside",
      comment: "a folder of lib/ is entered through its index.ts",
      severity: "error",
      from: { path: "^(constructs|stacks)/|^lib/[^/]+[.]ts$" },
      to: { path: "^lib/[^/]+/.+", pathNot: "^lib/[^/]+/index[.]ts$" },
    },
    {
      name: "plugin-is-a-clean-room",
      comment: "lib/provider/plugin speaks Terraform's plugin protocol and knows nothing of this project",
      severity: "error",
      from: { path: "^lib/provider/plugin/" },
      to: { path: "^(lib|constructs|stacks|test)/|^package[.]json$", pathNot: "^lib/provider/plugin/" },
    },
    {
      name: "plugin-door",
      comment: "lib/provider/plugin is entered through its index.ts",
      severity: "error",
      from: { path: "^lib/provider/[^/]+[.]ts$" },
      to: { path: "^lib/provider/plugin/", pathNot: "^lib/provider/plugin/index[.]ts$" },
    },
    {
      name: "constructs-import-too-much",
      comment: "constructs know model, schema, check, the report that the gate writes, and where a stack finds the provider",
      severity: "error",
      from: { path: "^constructs/" },
      to: { path: "^(lib|stacks|test)/", pathNot: "^lib/(model/|schema/|report/|check[.]ts$|disk-files[.]ts$|install-provider[.]ts$)" },
    },
    {
      name: "stacks-are-users",
      comment: "an example imports what a user can import: the constructs",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^(constructs/.+|lib/|test/)", pathNot: "^constructs/index[.]ts$" },
    },
    {
      name: "no-cdktf-in-lib",
      comment: "the engine and the command work without cdktf",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "node_modules/(cdktf|constructs|@cdktf)/|^(cdktf|constructs|@cdktf/)" },
    },
    {
      name: "no-cycle",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    // No tsConfig: with it, the package "constructs" is taken for our folder of that name.
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "default", "types"] },
  },
};

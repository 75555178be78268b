// Builds what is published: the library (tsc), the command and the Terraform provider as one file each (esbuild), the licences of
// what these two contain, and the JSON Schemas.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";

process.chdir(import.meta.dirname);
const require = createRequire(import.meta.url);

rmSync("dist", { recursive: true, force: true });
library();
licences([...(await command()), ...provider()]);
schemas();

function library() {
  const { status } = spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  // The compiler has said what is wrong; nothing that is built can be used.
  if (status !== 0) process.exit(1);
}

// One file starts in a fraction of the time of many. hcl2-parser and re2js stay outside: they are large, and loaded only for HCL and regular expressions.
async function command() {
  const { version } = require("./package.json");
  const common = {
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    legalComments: "none",
    logLevel: "warning",
  };
  const define = { PASSTHRU_VERSION: JSON.stringify(version) };
  const { metafile } = await build({
    ...common,
    entryPoints: ["lib/cli/main.ts"],
    outfile: "dist/command.js",
    external: ["hcl2-parser", "re2js"],
    define,
    metafile: true,
  });
  await build({ ...common, entryPoints: ["lib/cli/launch.ts"], outfile: "dist/passthru.js", banner: { js: "#!/usr/bin/env node" } });
  chmodSync("dist/passthru.js", 0o755);
  cacheCommand();
  return Object.keys(metafile.inputs);
}

// V8's compiled code of what a check runs through: taken after one, so that functions compiled on the way are in it. The file
// name is baked in, so it is one that says nothing of this machine.
function cacheCommand() {
  const check = ["check", "test/data/stacks/two-stacks.out", "-i", "test/data/inventory/contract.json", "--soft-fail"];
  const code = `
    const { Script } = require("node:vm"), Module = require("node:module"), { readFileSync, writeFileSync } = require("node:fs");
    const file = require("node:path").resolve("dist/command.js");
    const script = new Script(Module.wrap(readFileSync(file, "utf8")), { filename: "command.js" });
    process.argv = [process.execPath, file, ...${JSON.stringify(check)}];
    process.on("exit", () => writeFileSync("dist/command.cache", script.createCachedData()));
    script.runInThisContext().call({}, {}, Module.createRequire(file), { exports: {} }, file, "dist");`;
  spawnSync(process.execPath, ["-e", code], { stdio: "ignore" });
}

function provider() {
  return require("./bundle-provider.cjs").bundleProvider("lib/provider/main.ts", "dist/terraform-provider-passthru");
}

// What is bundled is handed on, and its licences ask for their text to go with it. In licenses/ is that of a package which leaves
// its own out.
function licences(bundledFiles) {
  const folders = bundledFiles.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const own = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = readFileSync(own ? `${folder}/${own}` : `licenses/${name}.txt`, "utf8");
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  writeFileSync("dist/THIRD-PARTY-LICENSES.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
}

function schemas() {
  const published = require("./dist/lib/schema/index.js");
  const { toJsonSchema } = require("@valibot/to-json-schema");
  mkdirSync("dist/schema", { recursive: true });
  for (const [name, schema] of Object.entries({ inventory: published.InventorySchema, report: published.ReportSchema })) {
    const $id = `urn:vsphere-passthru:schema:${name}`;
    writeFileSync(`dist/schema/${name}.json`, `${JSON.stringify({ $id, ...toJsonSchema(schema) }, null, 2)}\n`);
  }
}

// Builds what is published: the library (tsc), the command as one file (esbuild), and the JSON Schemas.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";

process.chdir(import.meta.dirname);
const require = createRequire(import.meta.url);

rmSync("dist", { recursive: true, force: true });
library();
await command();
schemas();

function library() {
  execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], { stdio: "inherit" });
}

// One file starts in a fraction of the time of many. hcl2-parser stays outside: it is large, and loaded only for HCL.
async function command() {
  const { version } = require("./package.json");
  await build({
    entryPoints: ["lib/cli/main.ts"],
    outfile: "dist/passthru.js",
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["hcl2-parser"],
    banner: { js: "#!/usr/bin/env node" },
    define: { PASSTHRU_VERSION: JSON.stringify(version) },
    legalComments: "none",
    logLevel: "warning",
  });
  chmodSync("dist/passthru.js", 0o755);
}

function schemas() {
  const published = require("./dist/lib/schema/index.js");
  const { toJsonSchema } = require("@valibot/to-json-schema");
  mkdirSync("dist/schema", { recursive: true });
  for (const [name, schema] of Object.entries({ inventory: published.InventorySchema, report: published.ReportSchema })) {
    writeFileSync(`dist/schema/${name}.json`, `${JSON.stringify(toJsonSchema(schema), null, 2)}\n`);
  }
}

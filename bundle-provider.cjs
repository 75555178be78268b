// Bundles a Terraform provider into one file that Terraform can start: node bundle-provider.cjs ENTRY OUTFILE
const { buildSync } = require("esbuild");
const { chmodSync, mkdirSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

const OLDEST_NODE = 20;

// Both a shell script and JavaScript, in which a text in quotes is a statement that does nothing and // begins a comment: what the
// user reads where there is no Node, or an old one, is a sentence and not a riddle. The file is loaded by require, because as the
// main program a file without extension is an ES module in a folder whose package.json says so.
const NEEDS = `this Terraform provider needs Node.js ${OLDEST_NODE} or newer`;
const START = [
  `parseInt(process.versions.node)<${OLDEST_NODE}`,
  `?console.log("${NEEDS}; on the PATH is "+process.version)`,
  `:require(require("path").resolve(process.argv[1]))`,
].join("");
const HEAD = `#!/bin/sh
":" //; command -v node > /dev/null || { echo "${NEEDS} on the PATH, and there is none"; exit 1; }
":" //; exec node -e '${START}' "$0"
`;

// Returns the files that are in it.
exports.bundleProvider = (entryPoint, outfile) => {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [entryPoint],
    bundle: true,
    // Names stay, so that the stack of a crash can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    platform: "node",
    format: "cjs",
    target: `node${OLDEST_NODE}`,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    write: false,
  });
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, HEAD + outputFiles[0].text);
  chmodSync(outfile, 0o755);
  return Object.keys(metafile.inputs);
};

if (require.main === module) exports.bundleProvider(process.argv[2], process.argv[3]);

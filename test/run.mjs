// `npm test`: what must hold without Terraform, Go or a browser, in a few minutes; properties with a part of their cases.
// `npm run test:all`: that, then what needs them, then the properties in full.
// Every check runs even where an earlier one failed, and the last line counts them: the tests and, one each, the checks before them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

process.chdir(join(import.meta.dirname, ".."));
const [first, ...rest] = process.argv.slice(2);
const everything = first === "--all";
const narrowed = everything ? rest : process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "passthru-test-"));
const count = { passed: 0, failed: 0, skipped: 0 };

// The build comes before the tests, because some look at what is published.
for (const check of ["lint", "types", "imports", "build"]) {
  console.log(`> ${check}`);
  if (succeeds("npm", ["run", "--silent", check])) count.passed++;
  else count.failed++;
}

// "--" ends what selectProjects takes.
jest("tests", ["--selectProjects", "lib", "constructs", "--", ...narrowed], { PASSTHRU_LONG: "0.2" });
if (everything) {
  jest("end to end, beside Terraform, and what is published", ["--selectProjects", "e2e", "referee", "published", "--", ...narrowed]);
  if (narrowed.length === 0) jest("properties in full", ["--selectProjects", "lib", "--findRelatedTests", "test/properties.ts"]);
}
rmSync(scratch, { recursive: true, force: true });

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 ? 1 : 0;

function succeeds(command, args, options = {}) {
  return spawnSync(command, args, { shell: process.platform === "win32", stdio: "inherit", ...options }).status === 0;
}

function jest(title, args, environment = {}) {
  console.log(`> ${title}`);
  const results = join(scratch, "jest.json");
  rmSync(results, { force: true });
  const green = succeeds(
    process.execPath,
    ["node_modules/jest/bin/jest.js", "--json", `--outputFile=${results}`, "--passWithNoTests", ...args],
    {
      // The report goes to the file; what people read is on standard error.
      stdio: ["inherit", "ignore", "inherit"],
      env: { ...environment, ...process.env },
    },
  );
  addCounts(results, green);
}

function addCounts(results, green) {
  let report;
  try {
    report = JSON.parse(readFileSync(results, "utf8"));
  } catch {
    count.failed++;
    return;
  }
  count.passed += report.numPassedTests;
  count.skipped += report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  // Jest can fail without a failing test (a coverage threshold, a crash).
  count.failed += failed === 0 && !green ? 1 : failed;
}

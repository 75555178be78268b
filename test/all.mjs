// Everything that must hold, as one command. Every check runs even where an earlier one failed, and the last line counts them:
// the tests and, one each, the checks before them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

process.chdir(join(import.meta.dirname, ".."));
const scratch = mkdtempSync(join(tmpdir(), "passthru-test-"));
const results = join(scratch, "jest.json");
const count = { passed: 0, failed: 0, skipped: 0 };

// The build comes before the tests, because some look at what is published.
for (const check of ["lint", "types", "imports", "build"]) {
  console.log(`> ${check}`);
  if (succeeds("npm", ["run", "--silent", check])) count.passed++;
  else count.failed++;
}

console.log("> jest");
const green = succeeds(process.execPath, ["node_modules/jest/bin/jest.js", "--json", `--outputFile=${results}`, ...process.argv.slice(2)], {
  // The report goes to the file; what people read is on standard error.
  stdio: ["inherit", "ignore", "inherit"],
});
addJestCounts(green);
rmSync(scratch, { recursive: true, force: true });

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 ? 1 : 0;

function succeeds(command, args, options = { stdio: "inherit" }) {
  return spawnSync(command, args, { shell: process.platform === "win32", ...options }).status === 0;
}

function addJestCounts(green) {
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
  // Jest can fail without a failing test (no tests found, a coverage threshold, a crash).
  count.failed += failed === 0 && !green ? 1 : failed;
}

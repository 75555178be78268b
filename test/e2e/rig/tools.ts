import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export type Tool = "go" | "terraform";

/**
 * Tests that need programs which not every machine has. Without them the tests are skipped, visibly; in CI that is a failure, because a
 * skip there would be mistaken for a pass.
 */
export function describeWhere(tools: readonly Tool[], name: string, tests: () => void): void {
  const missing = tools.filter((tool) => onPath(tool) === undefined);
  if (missing.length === 0) {
    describe(name, tests);
    return;
  }
  const lacking = `${missing.join(" and ")} not found on PATH`;
  if (isCi()) {
    describe(name, () => {
      test("has what it needs", () => {
        throw new Error(lacking);
      });
    });
    return;
  }
  process.stderr.write(`skipped: ${name} (${lacking})\n`);
  describe.skip(`${name} (${lacking})`, tests);
}

function isCi(): boolean {
  return ["true", "1"].includes(process.env["CI"] ?? "");
}

/** Where a program is, as the shell would find it. */
export function onPath(program: string): string | undefined {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const file = join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here.
    }
  }
  return undefined;
}

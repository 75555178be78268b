import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../lib/check";
import { diskFiles } from "../../lib/disk-files";
import { findFormat, PLAIN } from "../../lib/report";
import { Files, InputError, Report } from "../../lib/model";

/** What a `case.json` says (see the README). */
interface Case {
  readonly title: string;
  readonly path: string;
  readonly inventory: string;
  readonly hostFailures?: number;
  readonly expect: {
    readonly passes?: boolean;
    readonly mistake?: boolean;
    readonly quiet?: boolean;
    readonly verdict?: string;
    readonly notVerdict?: string;
    readonly powerOn?: Readonly<Record<string, string>>;
    readonly failover?: Readonly<Record<string, string>>;
    readonly rules?: readonly string[];
    readonly says?: readonly string[];
  };
}

const table = findFormat("table")!;

const folders = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []));
const kinds = folders(__dirname);

describe.each(kinds)("%s", (kind) => {
  const cases = folders(join(__dirname, kind)).map((name) => {
    const folder = join(__dirname, kind, name);
    const each = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as Case;
    return [name, each.title, folder, each] as const;
  });

  test.each(cases)("%s: %s", (_, _title, folder, { path, inventory, hostFailures, expect: expected }) => {
    const run = (): Report =>
      check({ files: filesIn(folder), paths: [path], inventories: [inventory] }, hostFailures === undefined ? {} : { hostFailures });
    if (expected.mistake === true) {
      expect(run).toThrow(InputError);
      for (const words of expected.says ?? []) expect(run).toThrow(words);
      return;
    }
    const report = run();
    const { gate, verdict, clusters, findings } = report;
    const text = table(report, { ...PLAIN, columns: 1000 });
    for (const words of expected.says ?? []) expect(text).toContain(words);
    const verdicts = (of: "powerOn" | "failover"): object => Object.fromEntries(clusters.map((each) => [each.name, each[of].verdict]));
    if (expected.passes !== undefined) expect(gate.passes).toBe(expected.passes);
    if (expected.quiet === true) expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
    if (expected.verdict !== undefined) expect(verdict).toBe(expected.verdict);
    if (expected.notVerdict !== undefined) expect(verdict).not.toBe(expected.notVerdict);
    if (expected.powerOn !== undefined) expect(verdicts("powerOn")).toMatchObject(expected.powerOn);
    if (expected.failover !== undefined) expect(verdicts("failover")).toMatchObject(expected.failover);
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...(expected.rules ?? [])]));
  });
});

/** Paths are inside the folder. */
function filesIn(folder: string): Files {
  return {
    kind: (path) => diskFiles.kind(join(folder, path)),
    read: (path, maxBytes) => diskFiles.read(join(folder, path), maxBytes),
    list: (path) => diskFiles.list(join(folder, path)),
    real: (path) => diskFiles.real?.(join(folder, path)),
  };
}

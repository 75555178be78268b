import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./documents";

interface ForbiddenRule {
  readonly name: string;
  readonly comment?: string;
}

const architecture = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
const { forbidden } = require("../../.dependency-cruiser.cjs") as { readonly forbidden: readonly ForbiddenRule[] };
const parts = forbidden.filter(({ name }) => name.endsWith("-imports-too-much") && name !== "constructs-imports-too-much");
const floors = forbidden.filter(({ name }) => /^engine-.+-imports-upwards$/.test(name));

/** The folders with files of their own, or of folders in them, down to two levels. */
function foldersIn(folder: string, levels: number): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name))
    .flatMap(({ name }) => {
      const path = `${folder}/${name}`;
      return [`${path}/`, ...(levels > 1 ? foldersIn(path, levels - 1) : [])];
    });
}

test("ARCHITECTURE.md has a sentence for every folder, and for none that is not there", () => {
  const lines = [...architecture.matchAll(/^\* `([^`]+\/)` (.*)$/gm)];
  const whole = ["constructs", "stacks", "tools"].filter((folder) => existsSync(join(root, folder))).map((folder) => `${folder}/`);
  const folders = [...whole, ...["lib", "constructs", "stacks", "test"].flatMap((folder) => foldersIn(folder, 2))];
  expect(lines.map(([, folder]) => folder).sort()).toEqual(folders.sort());
  expect(lines.filter(([, , sentence]) => !/^\S.{15,}[.]$/.test(sentence!)).map(([line]) => line)).toEqual([]);
});

test("ARCHITECTURE.md says of every part what it may import, and why", () => {
  const rows = [...architecture.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, part, imports, because]) => {
    return { says: `lib/${part!} may import ${imports!}`, because: because! };
  });
  expect(rows.map(({ says }) => says).sort()).toEqual(parts.map(({ comment }) => comment!).sort());
  expect(rows.filter(({ because }) => because.trim().length < 15)).toEqual([]);
});

test("ARCHITECTURE.md has every other rule of the imports that has a reason", () => {
  const reasons = new Set(forbidden.filter((rule) => ![...parts, ...floors].includes(rule)).flatMap(({ comment }) => comment ?? []));
  expect(reasons.size).toBeGreaterThan(5);
  expect([...reasons].filter((comment) => !architecture.includes(`\n* ${comment}\n`))).toEqual([]);
});

describe("lib/engine/README.md", () => {
  const page = readFileSync(join(root, "lib/engine/README.md"), "utf8");

  test("has the floors in the order in which they may import each other", () => {
    const [, table] = /^## The floors\n([^]*?)^## /m.exec(page)!;
    const rows = [...table!.matchAll(/^\| `([^`]+)\/` \|/gm)].map(([, floor]) => floor!);
    const comments = rows.map((floor, at) => `lib/engine/${floor} may import ${rows.slice(0, at).join(", ") || "no other floor"}`);
    expect(comments).toEqual(floors.map(({ comment }) => comment));
  });

  test("names no file that is not there", () => {
    const files = [...page.matchAll(/`([a-z-]+\/[a-z-]+)`/g)].map(([, file]) => file!).filter((file) => !file.startsWith("test/"));
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !existsSync(join(root, "lib/engine", `${file}.ts`)))).toEqual([]);
  });
});

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import manifest from "../../package.json";
import { anchorsOf, documents, proseOf, root } from "./documents";

const all = documents();
const byPath = new Map(all.map((document) => [document.path, document]));

test.each(all.map((document) => [document.path, document] as const))("every link of %s leads somewhere", (path, document) => {
  const targets = [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  expect(targets.filter((target) => !/^https:/.test(target) && !isThere(path, target))).toEqual([]);
});

function isThere(from: string, target: string): boolean {
  const [file, anchor] = target.split("#") as [string, string?];
  const path = file === "" ? from : relative(root, join(root, dirname(from), file));
  if (!existsSync(join(root, path))) return false;
  const document = byPath.get(path);
  return anchor === undefined || (document !== undefined && anchorsOf(document).has(anchor));
}

test("every file and folder of ours that a document names is there", () => {
  const named = all
    .filter(({ path }) => path !== "CHANGELOG.md")
    .flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:lib|constructs|stacks|test|docs|licenses)\/[\w./-]*)`/g)].map(([, name]) => ({ path, name: name! })),
    );
  expect(named.length).toBeGreaterThan(80);
  // ID and NAME stand for what somebody is about to make.
  const missing = named.filter(({ name }) => !/[A-Z]{2}/.test(name) && !existsSync(join(root, name)));
  expect(missing).toEqual([]);
});

test("every npm script that a document names exists", () => {
  const named = all.flatMap(({ text }) =>
    [...text.matchAll(/\bnpm (?:run ([a-z:-]+)|(test|start)\b)/g)].map(([, run, short]) => run ?? short!),
  );
  expect([...new Set(named)].filter((name) => !(name in manifest.scripts))).toEqual([]);
});

test("the workflow runs what .ci/run runs", () => {
  const [last] = readFileSync(join(root, ".ci/run"), "utf8").trimEnd().split("\n").reverse();
  const steps = [...readFileSync(join(root, ".github/workflows/ci.yml"), "utf8").matchAll(/- run: (.*)/g)].map(([, run]) => run);
  expect(steps.join(" && ")).toBe(last);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GPU_CATALOGUE } from "../../lib/model";
import { documents, filesIn, root } from "./documents";

// Rules of the specification are cited by id (M1, O3, F4, E21), what the vSphere provider does as "provider P9".
const semantics = readFileSync(join(root, "docs/semantics.md"), "utf8");
const evidence = readFileSync(join(root, "docs/evidence.md"), "utf8");

const specified = new Set(
  [...semantics.matchAll(/^(?:\* \*\*([A-Z]\d+)\*\* |\| (E\d+) \|)/gm)].map(([, rule, example]) => rule ?? example!),
);
const known = new Set([...evidence.matchAll(/^\* \*\*([RP]\d+)\*\* /gm)].map(([, id]) => id!));
/** A16 and P40 are GPUs. */
const models = new Set(GPU_CATALOGUE.map(({ name }) => name).filter((name) => !specified.has(name)));

interface Citation {
  readonly path: string;
  readonly id: string;
  readonly ofProvider: boolean;
}

function citations(path: string): readonly Citation[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/(provider )?(?<![\w.$-])([MOFPQAER]\d{1,2})(?!\w)/g)]
    .map(([, provider, id]) => ({ path, id: id!, ofProvider: provider !== undefined }))
    .filter(({ id }) => !models.has(id));
}

const isSettled = ({ path, id, ofProvider }: Citation): boolean => {
  if (ofProvider || id.startsWith("R")) return known.has(id);
  return specified.has(id) || (path === "docs/evidence.md" && known.has(id));
};

const code = ["lib", "constructs", "stacks", "test"].flatMap((folder) => filesIn(join(root, folder), /[.](ts|mjs|go)$/)).flatMap(citations);

test("the specification and its evidence number their rules without gaps", () => {
  const counted = (letter: string, ids: ReadonlySet<string>): number => [...ids].filter((id) => id.startsWith(letter)).length;
  for (const [letter, ids] of [..."MOFPQAE"]
    .map((each) => [each, specified] as const)
    .concat([..."RP"].map((each) => [each, known] as const))) {
    const amount = counted(letter, ids);
    expect(amount).toBeGreaterThan(0);
    expect(Array.from({ length: amount }, (_, index) => `${letter}${index + 1}`).filter((id) => !ids.has(id))).toEqual([]);
  }
});

test("every rule that code and tests cite is in the specification", () => {
  expect(code.length).toBeGreaterThan(150);
  expect(code.filter((citation) => !isSettled(citation))).toEqual([]);
});

test("every rule that the documents cite is in the specification or its evidence", () => {
  const cited = documents().flatMap(({ path }) => citations(path));
  expect(cited.filter((citation) => !isSettled(citation))).toEqual([]);
});

test("every worked example of the specification is in a test", () => {
  const tried = new Set(code.filter(({ path }) => path.startsWith("test/")).map(({ id }) => id));
  expect([...specified].filter((id) => id.startsWith("E") && !tried.has(id))).toEqual([]);
});

test("no code follows a rule that says from its beginning that it is not built", () => {
  const pending = [...semantics.matchAll(/^\* \*\*([A-Z]\d+)\*\* \*Not built\*/gm)].map(([, id]) => id!);
  expect(code.filter(({ path, id }) => path.startsWith("lib/") && pending.includes(id))).toEqual([]);
});

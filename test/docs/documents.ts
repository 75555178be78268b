import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const root = join(__dirname, "../..");

export interface Document {
  /** From the root, `docs/inventory.md`. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block: three backticks, its language, and the name of the file that it is, if it is one. */
export interface Block {
  readonly path: string;
  /** Of its first line, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

const SKIPPED = new Set(["node_modules", "dist", "coverage", ".git", ".stryker-tmp", "cdktf.out", "cdktf.crowded.out"]);

/** Every Markdown document of the repository. */
export function documents(): readonly Document[] {
  return filesIn(root, /[.]md$/).map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** The files below a folder whose names match, from the root, sorted. */
export function filesIn(folder: string, name: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesIn(path, name);
      return name.test(entry.name) ? [relative(root, path)] : [];
    })
    .sort();
}

export function blocksOf({ path, text }: Document): readonly Block[] {
  return [...text.matchAll(/^```(\S+)(?: (\S+))?\n([^]*?)^```$/gm)].map(([whole, language, file, inner], index, all) => ({
    path,
    line: text.slice(0, all[index]!.index + whole.indexOf("\n") + 1).split("\n").length,
    language: language!,
    file,
    text: inner!,
  }));
}

/** The text without its blocks and without what stands in backticks. */
export function proseOf({ text }: Document): string {
  return text.replace(/^```[^]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");
}

/** The names that links can lead to, as GitHub makes them of headings. */
export function anchorsOf({ text }: Document): ReadonlySet<string> {
  const headings = text.replace(/^```[^]*?^```$/gm, "").match(/^#+ .*$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, "")
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
}

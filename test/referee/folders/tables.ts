import { readFileSync, writeFileSync } from "node:fs";

export type ValueType = "number" | "text" | "bool" | "map" | "list";
export const VALUE_TYPES: readonly ValueType[] = ["number", "text", "bool", "map", "list"];

/** What is known of a kind: `!` we are wrong about it, `?` we leave something unknown, `~` which is meant so. */
export type Mark = "" | "!" | "?" | "~";

/** A way to write something, of values.hcl or layouts.hcl. */
export interface Kind {
  readonly name: string;
  readonly mark: Mark;
  /** Texts by file, and of what is no file: `-var`, `-var-file`, `TF_VAR`. */
  readonly files: ReadonlyMap<string, string>;
  readonly hasModule: boolean;
}

/** A way to give a value. */
export interface ValueKind extends Kind {
  readonly types: readonly ValueType[];
  readonly expression: string;
  /** It has no place for another one inside. */
  readonly isInnermost: boolean;
}

const VALUES = "test/referee/folders/values.hcl";
const LAYOUTS = "test/referee/folders/layouts.hcl";

export const LAYOUT_KINDS: readonly Kind[] = sections(LAYOUTS).map(({ header, body }) => ({ ...marked(header), ...contentOf(body) }));

export const VALUE_KINDS: readonly ValueKind[] = sections(VALUES).map(({ header, body }) => {
  const [declarations = "", expression = ""] = body.split(/^=> /m);
  const content = contentOf(declarations);
  const whole = body.replace(/OTHER/g, "");
  const [, types = "", name = ""] = /^([a-z ]+): (.*)$/.exec(header)!;
  return {
    ...marked(name),
    types: types === "any" ? VALUE_TYPES : (types.split(" ") as ValueType[]),
    ...content,
    expression: expression.trim(),
    isInnermost: !whole.includes("EXPR"),
  };
});

/** Takes the marks of kinds that agree away (UPDATE_GOLDEN=1). */
export function withoutMarks(mended: readonly Kind[]): void {
  const names = new Set(mended.map(({ name }) => name));
  const isMended = (line: string): boolean => names.has(/^### (?:[a-z ]+: )?[!?] (.*)$/.exec(line)?.[1] ?? "");
  for (const path of [VALUES, LAYOUTS]) {
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, lines.map((line) => (isMended(line) ? line.replace(/ [!?] /, " ") : line)).join("\n"));
  }
}

function sections(path: string): readonly { readonly header: string; readonly body: string }[] {
  const [, ...written] = readFileSync(path, "utf8").split(/^### /m);
  return written.map((section) => {
    const end = section.indexOf("\n");
    return { header: section.slice(0, end), body: section.slice(end + 1) };
  });
}

function marked(header: string): Pick<Kind, "name" | "mark"> {
  const [, mark = "", name = ""] = /^([!?~]?) ?(.*)$/.exec(header)!;
  return { name, mark: mark as Mark };
}

/** `--- FILE` begins another file; before it is main.tf. */
function contentOf(body: string): Pick<Kind, "files" | "hasModule"> {
  const files = new Map<string, string>();
  for (const part of `main.tf\n${body}`.split(/^--- /m)) {
    const end = part.indexOf("\n");
    const file = part.slice(0, end).trim();
    files.set(file, (files.get(file) ?? "") + part.slice(end + 1));
  }
  return { files, hasModule: /^module "/m.test(body) };
}

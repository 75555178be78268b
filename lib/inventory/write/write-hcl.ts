import { InputError, quoted } from "../../model";
import { BlockKind, FILE } from "../blocks";
import { commentOn, Notes, UNSEEN, Written } from "./written";

const WIDTH = 100;

type Part = Readonly<Record<string, unknown>>;
type Blocks = BlockKind["blocks"];

/** Writes attributes before blocks, with their equals signs under each other, as `terraform fmt` does. */
export function writeHcl({ inventory, notes }: Written): string {
  return `${bodyOf(inventory, FILE, undefined, notes).join("\n")}\n`;
}

/** The lines of a part, without the field that is its label. */
function bodyOf(part: Part, kinds: Blocks, label: string | undefined, notes: Notes): string[] {
  const fields = Object.entries(part).filter(([field]) => field !== label);
  const isBlock = ([field, value]: readonly [string, unknown]): boolean => !isEmptyList(value) && kindsOf(field, kinds).length > 0;
  const attributes = fields.filter((field) => !isBlock(field));
  const width = Math.max(0, ...attributes.map(([field]) => field.length));
  return [
    ...attributes.flatMap(([field, value]) => [...comment(part, field, notes), ...attribute(field.padEnd(width), value)]),
    ...fields.filter(isBlock).flatMap(([field, value]) => {
      const blocks = (Array.isArray(value) ? value : [value]) as readonly Part[];
      return [...comment(part, field, notes), ...blocks.flatMap((each) => blockOf(each, kindsOf(field, kinds), notes))];
    }),
  ];
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The blocks that a field can be written as, by their names. */
function kindsOf(field: string, kinds: Blocks): readonly (readonly [string, BlockKind])[] {
  return Object.entries(kinds).filter(([, { to }]) => to === field);
}

function blockOf(part: Part, kinds: readonly (readonly [string, BlockKind])[], notes: Notes): string[] {
  const [name, kind] = kinds.find(([, { label }]) => label === undefined || label in part)!;
  const head = kind.label === undefined ? name : `${name} ${textOf(part[kind.label])}`;
  const body = bodyOf(part, kind.blocks, kind.label, notes);
  const about = [...comment(part, "", notes), ...(kind.label === undefined ? [] : comment(part, kind.label, notes))];
  return [...about, ...(body.length === 0 ? [`${head} {}`] : [`${head} {`, ...body.map((line) => `  ${line}`), "}"])];
}

function attribute(head: string, value: unknown): string[] {
  if (!Array.isArray(value)) return [`${head} = ${textOf(value)}`];
  const elements = value.map(textOf);
  const line = `${head} = [${elements.join(", ")}]`;
  return line.length <= WIDTH ? [line] : [`${head} = [`, ...elements.map((element) => `  ${element},`), "]"];
}

function comment(part: Part, field: string, notes: Notes): string[] {
  const text = commentOn(part, field, notes);
  return text === undefined ? [] : [`# ${text}`];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? stringOf(value) : String(value);
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

function stringOf(text: string): string {
  if (text !== text.normalize("NFC") || /\p{Cs}/u.test(text)) {
    throw new InputError([
      { file: "inventory", message: `HCL can't spell ${quoted(text)}, which is no normalised Unicode: write YAML or JSON` },
    ]);
  }
  const escaped = text
    .replace(/["\\\n\r\t]/g, (letter) => ESCAPES[letter]!)
    .replace(UNSEEN, (letter) => `\\U${letter.codePointAt(0)!.toString(16).padStart(8, "0")}`)
    .replace(/[$%](?=\{)/g, (letter) => letter + letter);
  return `"${escaped}"`;
}

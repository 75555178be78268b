import { parseJson } from "../json";
import { Files, InputError } from "../model";
import { readHcl } from "./hcl";
import { Tree } from "./tree";
import { readYaml } from "./yaml";

type Format = "hcl" | "yaml" | "json";

const MB = 1024 * 1024;
const MAX_BYTES = { json: 128 * MB, hcl: 8 * MB, yaml: 8 * MB };
const EXTENSIONS: Readonly<Record<string, Format>> = { hcl: "hcl", yaml: "yaml", yml: "yaml", json: "json" };

/** Reads a file as what its extension says, or else as what it looks like. Throws InputError where it is none of the formats. */
export function readTree(files: Files, path: string): Tree {
  const declared = formatOfName(path);
  const text = decode(path, files.read(path, declared ? MAX_BYTES[declared] : MAX_BYTES.hcl));
  if (text.trim() === "") throw InputError.at({ file: path }, "the file is empty: expected an inventory with at least one cluster");
  const format = declared ?? formatOfText(text);
  if (!format) throw InputError.at({ file: path }, "this is no inventory: expected a file named *.hcl, *.yaml, *.yml or *.json");
  return READERS[format](path, text);
}

const READERS: Readonly<Record<Format, (file: string, text: string) => Tree>> = {
  hcl: readHcl,
  yaml: readYaml,
  json: (file, text) => ({ located: parseJson(file, text), mistakes: [] }),
};

function formatOfName(path: string): Format | undefined {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase();
  return extension !== undefined && Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}

function formatOfText(text: string): Format | undefined {
  if (/^\s*\{/.test(text)) return "json";
  if (/^(?:clusters|source)[ \t]*:/m.test(text)) return "yaml";
  if (/^[ \t]*cluster[ \t]+["\w]/m.test(text)) return "hcl";
  return undefined;
}

function decode(file: string, bytes: Uint8Array): string {
  const text = new TextDecoder("utf-8").decode(bytes);
  if (text.includes("\u0000")) throw InputError.at({ file }, "this is a binary file, or not in UTF-8: expected text in UTF-8");
  const bad = text.indexOf("\ufffd");
  if (bad >= 0) throw InputError.at({ file, line: text.slice(0, bad).split("\n").length }, "a character that is not UTF-8");
  return text;
}

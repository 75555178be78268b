import { SourceFiles, World } from "../world";
import { Table } from "../table";
import { setOf } from "../types/convert";
import { Unknown, Value } from "../value";
import { checkSize, MAX_TEXT, Work } from "../work";
import { textOf } from "./arguments";
import { utf8 } from "./encodings";
import { HASHES, hashOf } from "./hashes";

/** Functions that read files of the configuration. */
export const fileFunctions: Table = [
  ["file", ([path], work, around) => readText(textOf(path), work, around)],
  ["filebase64", ([path], work, around) => ofBytes("filebase64", path, work, around, base64)],
  ["fileexists", ([path], _, around) => around?.files?.exists(textOf(path)) ?? noFiles("fileexists")],
  ["fileset", ([folder, pattern], work, around) => found(textOf(folder), textOf(pattern), work, around)],
  ...HASHES.map((hash) => {
    const name = `file${hash.name}`;
    return [name, ([path], work, around) => ofBytes(name, path, work, around, (bytes) => hashOf(bytes, hash))] as Table[number];
  }),
];

/** The text of a file. Throws ExpressionError where there is none, or where it is no text. */
export function readText(path: string, work: Work, around: World | undefined): string | Unknown {
  const read = ofBytes("file", path, work, around, (bytes) => {
    checkSize(bytes.length, MAX_TEXT);
    return utf8(bytes, `file: ${path}`);
  });
  return read as string | Unknown;
}

function found(folder: string, pattern: string, work: Work, around: World | undefined): Value {
  const paths = around?.files?.find(folder, pattern, work) ?? noFiles("fileset");
  return paths instanceof Unknown ? paths : setOf("string", paths, work);
}

function base64(bytes: Uint8Array): string {
  checkSize(bytes.length, MAX_TEXT);
  return Buffer.from(bytes).toString("base64");
}

function ofBytes(
  name: string,
  path: Value | undefined,
  work: Work,
  around: World | undefined,
  result: (bytes: Uint8Array) => string,
): Value {
  const files: SourceFiles | undefined = around?.files;
  if (files === undefined) return noFiles(name);
  const bytes = files.read(textOf(path));
  if (bytes instanceof Unknown) return bytes;
  work.spend(bytes.length >> 8);
  return result(bytes);
}

function noFiles(name: string): Unknown {
  return new Unknown(`\${${name}(…)} (there is no folder that files could be in)`);
}

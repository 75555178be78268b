import { Table } from "../table";
import { Type } from "../types/type";
import { ListOf, Value } from "../value";
import { checkSize, MAX_ELEMENTS, Work } from "../work";
import { fail, textOf } from "./arguments";

/** Comma-separated values, as RFC 4180 has them. */
export const csvFunctions: Table = [["csvdecode", ([of], work) => decode(textOf(of), work)]];

function decode(text: string, work: Work): Value {
  work.spend(text.length >> 4);
  const [names, ...rows] = records(text);
  if (names === undefined) return fail("csvdecode: there is no line with the names of the columns");
  if (new Set(names).size < names.length) fail("csvdecode: two columns have one name");
  checkSize(rows.length * names.length, MAX_ELEMENTS);
  const type: Type = { kind: "object", attributes: new Map(names.map((name) => [name, "string"])) };
  return new ListOf(
    type,
    rows.map((row) => new Map(names.map((name, at) => [name.normalize(), row[at]!.normalize()]))),
  );
}

/** Lines of equal length, without those that are empty. */
function records(text: string): readonly (readonly string[])[] {
  // Loaded only here: few stacks read such files.
  const { parse } = require("csv-parse/sync") as typeof import("csv-parse/sync");
  try {
    return parse(text.replaceAll("\r\n", "\n"), { record_delimiter: "\n", skip_empty_lines: true });
  } catch (error) {
    return fail(`csvdecode: ${error instanceof Error ? error.message : "the text is no CSV"}`);
  }
}

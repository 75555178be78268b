import { posix } from "node:path";
import { Table } from "../table";
import { Unknown, Value } from "../value";
import { textOf } from "./arguments";

/** Functions on paths that look at no file. */
export const pathFunctions: Table = [
  ["basename", ([of]) => baseName(textOf(of))],
  ["dirname", ([of]) => folderName(textOf(of))],
  ["pathexpand", ([of]) => expand(textOf(of))],
  [
    "abspath",
    ([of], _, around) => around?.files?.absolute(textOf(of)) ?? new Unknown("${abspath(…)} (there is no folder that it could be in)"),
  ],
];

/** As Go has it, which says of nothing that it is here. */
function baseName(path: string): string {
  if (path === "") return ".";
  return posix.basename(path) || "/";
}

/** What stands before the last slash, in its shortest spelling. */
function folderName(path: string): string {
  return posix.normalize(path.slice(0, path.lastIndexOf("/") + 1)).replace(/(.)\/$/, "$1");
}

function expand(path: string): Value {
  return path.startsWith("~") ? new Unknown("${pathexpand(…)} (a home folder differs from machine to machine)") : path;
}

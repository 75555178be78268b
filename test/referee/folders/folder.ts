import { readFileSync } from "node:fs";
import type { Folder } from "../referee";
import type { Unit } from "./unit";

const COMMON = readFileSync("test/referee/folders/common.tf", "utf8");

/** The folder of some units, with what is given for its variables beside it. */
export function folderOf(units: readonly Unit[]): Folder {
  const texts = new Map<string, string>([["common.tf", COMMON]]);
  for (const { files } of units) for (const [file, text] of files) texts.set(file, `${texts.get(file) ?? ""}${text}`);
  const { "-var": variables = "", "-var-file": given, TF_VAR: environment = "", ...files } = Object.fromEntries(texts);
  return {
    files: {
      ...Object.fromEntries(Object.entries(files).map(([file, text]) => [file, file.endsWith(".tfvars.json") ? objectOf(text) : text])),
      ...(given !== undefined && { [GIVEN]: given }),
    },
    variables: assignments(variables),
    variableFiles: given === undefined ? [] : [GIVEN],
    environment: assignments(environment),
  };
}

const GIVEN = "given/some.tfvars";

/** Lines of members as one object. */
function objectOf(lines: string): string {
  const members = lines.split("\n").filter((line) => line.trim() !== "");
  return `{\n${members.join(",\n")}\n}\n`;
}

function assignments(lines: string): Readonly<Record<string, string>> {
  const written = lines.split("\n").filter((line) => line !== "");
  return Object.fromEntries(written.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

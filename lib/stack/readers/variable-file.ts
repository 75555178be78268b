import { parseHcl } from "../../hcl";
import { Files, InputError } from "../../model";
import { WrittenValue } from "../configuration";
import { Data, isMap } from "../data";
import { decode, joinPath, MAX_HCL_BYTES, readJson } from "./text";

/** The values in a `.tfvars` or `.tfvars.json` file. Throws InputError. */
export function readVariableFile(files: Files, path: string): readonly (readonly [string, WrittenValue])[] {
  if (files.kind(path) !== "file") throw InputError.at({ file: path }, "the variable file is not found");
  if (path.endsWith(".json")) {
    const data = readJson(files, path).value as Data;
    if (!isMap(data)) throw InputError.at({ file: path, line: 1 }, "expected an object with a value for each variable");
    return Object.entries(data).map(([name, value]) => [name, { data: value, isLiteral: true }] as const);
  }
  const { body, lines } = parseHcl(path, decode(path, files.read(path, MAX_HCL_BYTES)));
  const [block] = body.blocks;
  if (block !== undefined) throw InputError.at(lines.at(block.at), `found a block ${JSON.stringify(block.type)}, expected NAME = VALUE`);
  return body.attributes.map(({ name, value }) => [name, { data: value, isLiteral: false }] as const);
}

/** The values that Terraform takes by itself in a folder: `terraform.tfvars` first, so that `*.auto.tfvars` count more. */
export function automaticVariables(files: Files, folder: string): ReadonlyMap<string, WrittenValue> {
  const names = files.list(folder);
  const first = ["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name));
  const more = names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name));
  return new Map([...first, ...more].flatMap((name) => readVariableFile(files, joinPath(folder, name))));
}

import { parseJson } from "../../json";
import { Files, InputError, Located } from "../../model";
import { Data, isMap } from "../data";
import { isPlan } from "../planned/plan-document";
import { isHcl } from "./configuration-files";
import { readHclAsJson } from "./hcl-as-json";
import { isTerraformJson } from "./file-blocks";
import { baseName, decode, MAX_HCL_BYTES, MAX_JSON_BYTES } from "./text";
import { foreignJson } from "./unreadable";

/** Large parts of a plan that say nothing that its other parts don't. */
const UNREAD: ReadonlySet<string> = new Set(["planned_values", "relevant_attributes"]);
const HCL_BLOCK = /^[ \t]*(?:resource|data|module|variable|output|locals|terraform|provider)\b[^=\n]*\{/m;

/**
 * Reads a file of a configuration, or a plan. The name of a file says little, standard input's nothing: what it is shows in its
 * content. Throws InputError.
 */
export function readDocument(files: Files, path: string): Located {
  if (isHcl(path)) return readHclAsJson(path, decode(path, files.read(path, MAX_HCL_BYTES)));
  const text = decode(path, files.read(path, MAX_JSON_BYTES));
  if (/^\s*[{[]/.test(text) || path.endsWith(".json") || text.trim() === "") return readJsonDocument(path, text);
  if (path.endsWith(".hcl")) {
    throw InputError.at({ file: path }, `${baseName(path)} is no file of Terraform (*.tf, *.tofu): an inventory is given with --inventory`);
  }
  if (!HCL_BLOCK.test(text)) {
    throw InputError.at(
      { file: path, line: 1 },
      "found neither JSON nor Terraform's blocks, expected a cdk.tf.json, a plan in JSON, a *.tf or a *.tofu",
    );
  }
  if (text.length > MAX_HCL_BYTES) throw InputError.at({ file: path }, `more than ${MAX_HCL_BYTES / 1024 / 1024} MB of HCL`);
  return readHclAsJson(path, text);
}

function readJsonDocument(path: string, text: string): Located {
  const document = parseJson(path, text, UNREAD);
  const value = document.value as Data;
  const start = document.lines.at(0);
  if (!isMap(value)) throw InputError.at(start, "expected an object with Terraform blocks, as in a cdk.tf.json");
  const foreign = foreignJson(value);
  if (foreign !== undefined) throw InputError.at(start, foreign);
  // An empty one declares nothing, and Terraform takes it.
  if (Object.keys(value).length > 0 && !isPlan(value) && !isTerraformJson(value)) {
    throw InputError.at(start, "found no Terraform block (`resource`, `data`, `variable`, …), expected a cdk.tf.json");
  }
  return document;
}

import { parseJson } from "../../json";
import { Files, InputError, Located, Mistake } from "../../model";
import { Configuration } from "../configuration";
import { isPlan, PlanDocument, readPlanDocument } from "../planned/plan-document";
import { Data, DataMap, isMap } from "../data";
import { MANIFEST, readCdktfOut } from "./cdktf-out";
import { isTerraformJson, readTerraformJson, stackNameOf } from "./terraform-json";
import { baseName, decode, joinPath, MAX_JSON_BYTES } from "./text";
import { foreignJson, unreadable } from "./unreadable";

/** A stack as it is written, or a plan that Terraform made of one. */
export type Opened = Configuration | PlanDocument;

export function isPlanDocument(opened: Opened): opened is PlanDocument {
  return "objects" in opened;
}

export function isConfiguration(opened: Opened): opened is Configuration {
  return !isPlanDocument(opened);
}

/** Reads what is at one path, whatever it is: a cdktf.out folder, a folder of *.tf.json, or one file. Throws InputError. */
export function openPath(files: Files, path: string): readonly Opened[] {
  switch (files.kind(path)) {
    case "folder":
      return openFolder(files, path);
    case "file":
      return [openFile(files, path)];
    case "none":
      throw InputError.at({ file: path }, `not found; ${howToMake(path)}`);
  }
}

function openFolder(files: Files, folder: string): readonly Configuration[] {
  const names = files.list(folder);
  if (names.includes(MANIFEST)) return readCdktfOut(files, folder);
  // Of a folder Terraform reads *.tf and *.tf.json only: another *.hcl may be the inventory.
  const native = names.find((name) => name.endsWith(".tf"));
  if (native !== undefined) throw InputError.at({ file: joinPath(folder, native) }, `${native} ${unreadable(native)}`);
  const json = names.filter((name) => name.endsWith(".tf.json"));
  if (json.length > 0)
    return [
      openFiles(
        files,
        json.map((name) => joinPath(folder, name)),
        folder,
      ),
    ];
  const inside = names.includes("cdktf.out") ? `; did you mean ${joinPath(folder, "cdktf.out")}?` : `; ${howToMake(folder)}`;
  throw InputError.at({ file: folder }, `the folder has no ${MANIFEST} and no *.tf.json${inside}`);
}

function openFile(files: Files, path: string): Opened {
  const document = openDocument(files, path);
  const mistakes: Mistake[] = [];
  const opened = isPlan(document.value as DataMap)
    ? readPlanDocument(document, planNameFromPath(path), mistakes)
    : readConfiguration([document], path, mistakes);
  if (mistakes.length > 0) throw new InputError(mistakes);
  return opened;
}

function openFiles(files: Files, paths: readonly string[], given: string): Configuration {
  const mistakes: Mistake[] = [];
  const documents = paths.flatMap((path) => {
    try {
      const document = openDocument(files, path);
      if (!isPlan(document.value as DataMap)) return [document];
      mistakes.push({ file: path, message: "this is a Terraform plan among the files of a configuration: give it by itself" });
      return [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      mistakes.push(...error.mistakes);
      return [];
    }
  });
  if (mistakes.length > 0) throw new InputError(mistakes);
  const stack = readConfiguration(documents, given, mistakes);
  if (mistakes.length > 0) throw new InputError(mistakes);
  return stack;
}

function readConfiguration(documents: readonly Located[], given: string, mistakes: Mistake[]): Configuration {
  const name = documents.map(({ value }) => stackNameOf(value as DataMap)).find((each) => each !== undefined);
  return readTerraformJson(documents, { name: name ?? nameFromPath(given), file: documents[0]!.lines.file, dependsOn: [] }, mistakes);
}

/** Large parts of a plan that say nothing that its other parts don't. */
const UNREAD: ReadonlySet<string> = new Set(["planned_values", "resource_drift", "relevant_attributes"]);

/** The name of a file says little, standard input's nothing: what it is shows in its content. */
function openDocument(files: Files, path: string): Located {
  const problem = unreadable(path);
  if (problem !== undefined) throw InputError.at({ file: path }, `${baseName(path)} ${problem}`);
  const text = decode(path, files.read(path, MAX_JSON_BYTES));
  if (!/^\s*[{[]/.test(text) && !path.endsWith(".json") && text.trim() !== "") {
    throw InputError.at({ file: path, line: 1 }, "found no JSON, expected a cdk.tf.json; other formats are not read yet");
  }
  const document = parseJson(path, text, UNREAD);
  const value = document.value as Data;
  const start = document.lines.at(0);
  if (!isMap(value)) throw InputError.at(start, "expected an object with Terraform blocks, as in a cdk.tf.json");
  const foreign = foreignJson(value);
  if (foreign !== undefined) throw InputError.at(start, foreign);
  if (!isPlan(value) && !isTerraformJson(value)) {
    throw InputError.at(start, "found no Terraform block (`resource`, `data`, `variable`, …), expected a cdk.tf.json");
  }
  return document;
}

function nameFromPath(path: string): string {
  if (path === "-") return "stdin";
  const name = baseName(path).replace(/\.tf\.json$|\.json$/, "");
  const folder = baseName(path.slice(0, path.length - baseName(path).length));
  return name === "cdk" && folder !== "" ? folder : name || "stack";
}

/** Most plans are called `plan.json`: the folder says more. */
function planNameFromPath(path: string): string {
  if (path === "-") return "stdin";
  const name = baseName(path).replace(/\.json$/, "");
  const folder = baseName(path.slice(0, path.length - baseName(path).length));
  return /^(?:tf)?plan$/i.test(name) && folder !== "" && folder !== "." ? folder : name || "plan";
}

function howToMake(path: string): string {
  return baseName(path) === "cdktf.out"
    ? "`cdktf synth` makes it"
    : "expected a cdktf.out folder (made by `cdktf synth`) or a cdk.tf.json file";
}

import { Files, InputError, Located, Mistake } from "../../model";
import { Configuration } from "../configuration";
import { DataMap } from "../data";
import { isPlan, PlanDocument, readPlanDocument } from "../planned/plan-document";
import { findWrittenBlocks } from "../planned/written-blocks";
import { readCdktfOut } from "./cdktf-out";
import { configurationFiles, isOverride, withoutExtension } from "./configuration-files";
import { readDocument } from "./document";
import { MANIFEST, rootsBelow, rootsInWords } from "./roots";
import { readTerraformJson, stackNameOf } from "./terraform-json";
import { baseName, folderOf, joinPath } from "./text";
import { automaticVariables } from "./variable-file";

/** A stack as it is written, or a plan that Terraform made of one. */
export type Opened = Configuration | PlanDocument;

export function isPlanDocument(opened: Opened): opened is PlanDocument {
  return "objects" in opened;
}

export function isConfiguration(opened: Opened): opened is Configuration {
  return !isPlanDocument(opened);
}

/** Reads what is at one path, whatever it is: a cdktf.out folder, a folder of *.tf, or one file. Throws InputError. */
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
  // Not another *.hcl: that may be the inventory.
  const own = configurationFiles(files, folder);
  if (own.length > 0) return [withValues(files, openConfiguration(files, own, folder))];
  throw InputError.at(
    { file: folder },
    `the folder has no ${MANIFEST} and no *.tf, *.tofu or *.tf.json; ${whereElse(files, folder, names)}`,
  );
}

function whereElse(files: Files, folder: string, names: readonly string[]): string {
  if (names.includes("cdktf.out")) return `did you mean ${joinPath(folder, "cdktf.out")}?`;
  if (names.includes("terragrunt.hcl")) {
    return "Terragrunt makes its configuration: `terragrunt plan -out=plan.bin`, then `terragrunt show -json plan.bin > plan.json`, and give that";
  }
  const roots = rootsBelow(files, folder);
  return roots.length > 0 ? rootsInWords(roots) : howToMake(folder);
}

/** The configuration in the folder of a module; undefined where there is none. Throws InputError. */
export function openModule(files: Files, folder: string): Configuration | undefined {
  const own = configurationFiles(files, folder);
  return own.length === 0 ? undefined : openConfiguration(files, own, folder);
}

function openFile(files: Files, path: string): Opened {
  const document = readDocument(files, path);
  const mistakes: Mistake[] = [];
  const opened = isPlan(document.value as DataMap)
    ? readPlan(files, document, path, mistakes)
    : withValues(files, readConfiguration([document], path, mistakes));
  if (mistakes.length > 0) throw new InputError(mistakes);
  return opened;
}

function readPlan(files: Files, document: Located, path: string, mistakes: Mistake[]): PlanDocument {
  const plan = readPlanDocument(document, planNameFromPath(path), mistakes);
  if (path === "-" || plan.configuration === undefined) return plan;
  return { ...plan, written: findWrittenBlocks(files, folderOf(path), plan.configuration) };
}

/** The files of a folder are one configuration. */
function openConfiguration(files: Files, paths: readonly string[], folder: string): Configuration {
  const mistakes: Mistake[] = [];
  const documents = paths.flatMap((path) => {
    try {
      const document = readDocument(files, path);
      if (!isPlan(document.value as DataMap)) return [document];
      mistakes.push({ file: path, message: "this is a Terraform plan among the files of a configuration: give it by itself" });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      mistakes.push(...error.mistakes);
    }
    return [];
  });
  if (mistakes.length > 0) throw new InputError(mistakes);
  const configuration = readConfiguration(documents, folder, mistakes);
  if (mistakes.length > 0) throw new InputError(mistakes);
  return configuration;
}

/** `given`: the folder, or the one file. */
function readConfiguration(documents: readonly Located[], given: string, mistakes: Mistake[]): Configuration {
  const overrides = documents.filter(({ lines }) => given !== lines.file && isOverride(baseName(lines.file)));
  const primary = documents.filter((document) => !overrides.includes(document));
  const { file } = (primary[0] ?? documents[0]!).lines;
  const name = primary.map(({ value }) => stackNameOf(value as DataMap)).find((each) => each !== undefined);
  return readTerraformJson(primary, { name: name ?? nameFromPath(given), file, dependsOn: [] }, mistakes, {
    overrides,
    isWhole: given !== file,
  });
}

/** What Terraform reads beside a root module, and not beside another. */
function withValues(files: Files, configuration: Configuration): Configuration {
  const { file } = configuration;
  return file === "-" ? configuration : { ...configuration, values: automaticVariables(files, folderOf(file)) };
}

function nameFromPath(path: string): string {
  if (path === "-") return "stdin";
  const name = withoutExtension(baseName(path)).replace(/\.json$/, "");
  const folder = baseName(folderOf(path));
  return (name === "cdk" || name === "main") && isName(folder) ? folder : isName(name) ? name : "stack";
}

/** Most plans are called `plan.json`: the folder says more. */
function planNameFromPath(path: string): string {
  if (path === "-") return "stdin";
  const name = baseName(path).replace(/\.(?:json|bin|out|tfplan)$/, "");
  const folder = baseName(folderOf(path));
  return /^(?:tf)?plan$/i.test(name) && isName(folder) ? folder : name || "plan";
}

function isName(part: string): boolean {
  return part !== "" && part !== "." && part !== "..";
}

function howToMake(path: string): string {
  return baseName(path) === "cdktf.out"
    ? "`cdktf synth` makes it"
    : "expected a cdktf.out folder (made by `cdktf synth`), a plan in JSON, or a folder of *.tf";
}

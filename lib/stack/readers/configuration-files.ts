import { Files } from "../../model";
import { joinPath } from "./text";

/** What Terraform and OpenTofu read of a folder: `main.tf`, `main.tf.json`, `main.tofu`, `main.tofu.json`. */
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;

/** Backups of editors, and what is hidden: both leave them out. */
const IGNORED = /^\.|~$|^#.*#$/;

/** Files that change what others say. */
const OVERRIDE = /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/;

/**
 * The files of a folder that are its configuration, in order. Where a file has a twin in `.tofu`, OpenTofu reads the twin in its place
 * (https://opentofu.org/docs/language/files/).
 */
export function configurationFiles(files: Files, folder: string): readonly string[] {
  const names = files.list(folder).filter((name) => CONFIGURATION.test(name) && !IGNORED.test(name));
  const all = new Set(names);
  return names
    .filter((name) => !isTerraform(name) || !all.has(twinOf(name)))
    .map((name) => joinPath(folder, name))
    .filter((path) => files.kind(path) !== "folder");
}

export function isOverride(name: string): boolean {
  return OVERRIDE.test(name);
}

export function isHcl(path: string): boolean {
  return /\.(?:tf|tofu)$/.test(path);
}

/** `main` for `main.tf`. */
export function withoutExtension(name: string): string {
  return name.replace(CONFIGURATION, "");
}

function isTerraform(name: string): boolean {
  return /\.tf(?:\.json)?$/.test(name);
}

function twinOf(name: string): string {
  return name.replace(/\.tf(\.json)?$/, ".tofu$1");
}

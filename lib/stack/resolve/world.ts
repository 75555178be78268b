import { Files, InputError } from "../../model";
import { Configuration } from "../configuration";
import { Unknown } from "../expression/value";
import { World } from "../expression/world";
import { decode, folderOf, joinPath } from "../readers/text";
import { RepositoryFiles } from "./repository-files";

/** What a reader of stacks is told beside the stacks. */
export interface Outside {
  readonly files: Files;
  /** The name of Terraform's workspace. */
  readonly workspace?: string;
  /** The time of the plan, as RFC 3339 writes it. */
  readonly asOf?: string;
}

/** The world around a stack. */
export function worldOf(configuration: Configuration, { files, workspace, asOf }: Outside): World {
  const folder = configuration.file === "-" ? undefined : folderOf(configuration.file);
  const real = folder === undefined ? undefined : files.real?.(folder);
  return {
    workspace: workspace ?? ownWorkspace(configuration, folder, files),
    ...(real !== undefined && { files: new RepositoryFiles(files, real) }),
    ...(asOf !== undefined && { asOf }),
  };
}

const MAX_NAME = 1000;

/** As `terraform workspace select` leaves it in the folder; HCP Terraform has names of its own. */
function ownWorkspace({ backend }: Configuration, folder: string | undefined, files: Files): string | Unknown {
  const path = folder === undefined ? undefined : joinPath(folder, ".terraform/environment");
  if (path !== undefined && files.kind(path) === "file") return selected(files, path);
  if (backend?.type !== "cloud" && backend?.type !== "remote") return "default";
  return new Unknown("${terraform.workspace} (HCP Terraform knows it: --workspace says it)");
}

function selected(files: Files, path: string): string | Unknown {
  try {
    return decode(path, files.read(path, MAX_NAME)).trim() || "default";
  } catch (error) {
    if (error instanceof InputError) return new Unknown(`\${terraform.workspace} (${path} can't be read)`);
    throw error;
  }
}

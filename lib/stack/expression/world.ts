import { Unknown } from "./value";
import { Work } from "./work";

/** What expressions can ask of the world around a configuration. */
export interface World {
  /** Undefined where the configuration came without a folder, as from standard input. */
  readonly files?: SourceFiles;
  /** The time of the plan, as RFC 3339 writes it, where somebody said one. */
  readonly asOf?: string;
  /** `terraform.workspace` */
  readonly workspace: string | Unknown;
}

/**
 * The files beside a configuration. Paths are relative to the folder that Terraform would be started in. What lies outside the
 * repository is unknown: a gate does not read what a stack from elsewhere points at.
 */
export interface SourceFiles {
  /** Throws ExpressionError where there is no such file. */
  read(path: string): Uint8Array | Unknown;
  exists(path: string): boolean | Unknown;
  /** The files in a folder whose path from there fits the pattern, sorted. */
  find(folder: string, pattern: string, work: Work): readonly string[] | Unknown;
  /** The path from the root of the file system. */
  absolute(path: string): string | Unknown;
}

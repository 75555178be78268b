/** The only way the library reads: a port that the command, a test or CapacityGate fills in. Paths are as the user wrote them. */
export interface Files {
  /** Whether the path is a file, a folder or neither. */
  kind(path: string): "file" | "folder" | "none";
  /** The file's bytes; throws InputError where it can't be read or is larger than `maxBytes`. */
  read(path: string, maxBytes: number): Uint8Array;
  /** Names in a folder, sorted by code unit. */
  list(path: string): readonly string[];
  /**
   * The path from the root of the file system, with slashes and without links; undefined where nothing is there. A port that leaves it
   * out has no files for what a configuration's functions read.
   */
  real?(path: string): string | undefined;
}

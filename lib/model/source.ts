/** A place in a file the user wrote or synthesized. Lines and columns count from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

import { Files, InputError, Plan } from "../model";

export interface StackOptions {
  /** `--var name=value` */
  readonly variables: Readonly<Record<string, string>>;
  /** `--var-file`, in order. */
  readonly variableFiles: readonly string[];
  /** `--stack`: only these; empty: all. */
  readonly stacks: readonly string[];
}

/** Reads every path into one Plan; throws InputError with every mistake. */
export function readPlan(files: Files, paths: readonly string[], options: StackOptions): Plan {
  void files, options;
  throw InputError.at({ file: paths[0] ?? "" }, "stub");
}

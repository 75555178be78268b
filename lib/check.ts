import { Files, Report } from "./model";

/** What `passthru check` takes. */
export interface CheckInputs {
  readonly files: Files;
  /** Stacks, one batch. */
  readonly paths: readonly string[];
  readonly inventories: readonly string[];
}

export interface CheckOptions {
  readonly hostFailures?: number;
  readonly variables?: Readonly<Record<string, string>>;
  readonly variableFiles?: readonly string[];
  readonly stacks?: readonly string[];
  readonly failOn?: "error" | "warning" | "note" | "none";
  readonly allowEmpty?: boolean;
}

/** Text in, report out: synchronous, deterministic, no process, no clock. Throws InputError for what the user can mend. */
export function check(inputs: CheckInputs, options: CheckOptions = {}): Report {
  void inputs, options;
  throw new Error("stub");
}

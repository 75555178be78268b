import { RunningVm } from "../../model";
import { VmSpec } from "../constraints/vm-spec";

export type JobAction = "create" | "reboot" | "replace-destroy-first" | "replace-create-first" | "delete";

/** What the batch does with one VM: it takes capacity, gives some up, or both. */
export interface Job {
  readonly id: string;
  readonly action: JobAction;
  /** What is powered on; absent for a delete. */
  readonly spec?: VmSpec;
  /** The running VM that is powered off or destroyed; absent for a create. */
  readonly releases?: RunningVm;
  /** Ids of the jobs and device events that it depends on. */
  readonly after: readonly string[];
  /** Everything of the stacks that are applied before its own (O8): unlike a dependency, this holds for destroys too. */
  readonly afterStacks: readonly string[];
}

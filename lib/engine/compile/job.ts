import { RunningVm } from "../../model";
import { VmSpec } from "../constraints/vm-spec";

export type JobAction = "create" | "reboot" | "replace-destroy-first" | "replace-create-first" | "delete";

/** What an action is made of. Everyone tells actions apart by this table, so that one that is added does not compile before it is in it. */
export const JOB_ACTIONS: Readonly<Record<JobAction, JobMeaning>> = {
  create: { takesFirst: true },
  reboot: { releases: "power-off", takesFirst: false },
  "replace-destroy-first": { releases: "delete", takesFirst: false },
  "replace-create-first": { releases: "delete", takesFirst: true },
  delete: { releases: "delete", takesFirst: false },
};

interface JobMeaning {
  /** How the report calls what gives up capacity; absent where nothing is given up. */
  readonly releases?: "power-off" | "delete";
  /** It takes capacity before, or without that, it gives any up. */
  readonly takesFirst: boolean;
}

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

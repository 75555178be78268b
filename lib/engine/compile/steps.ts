import { once } from "../../model";
import { JOB_ACTIONS, Job } from "./job";
import { DeviceEvent } from "./device-events";

export type StepKind = "power-on" | "release" | "set-device";

/** One atomic step of an event: a power-on takes, a release gives back, a set-device changes. `after`: indexes of what has to have worked before. */
export interface PlainStep {
  readonly id: string;
  readonly kind: StepKind;
  readonly job?: Job;
  readonly event?: DeviceEvent;
  readonly after: readonly number[];
}

/**
 * The batch as steps over Terraform's dependency graph (O2): a create or update waits for what it depends on, a destroy
 * for the destroys of its dependents, and a create-first destroy also for its own create and its dependents'. A stack is applied
 * as a whole: its destroys don't wait for dependents in stacks that start after it (O8).
 */
export function stepsOf(jobs: readonly Job[], events: readonly DeviceEvent[]): PlainStep[] {
  const steps: Omit<PlainStep, "after">[] = [];
  const takes = new Map<string, number>();
  const releases = new Map<string, number>();
  for (const event of events) takes.set(event.id, steps.push({ id: event.id, kind: "set-device", event }) - 1);
  for (const job of jobs) {
    if (job.releases) releases.set(job.id, steps.push({ id: job.id, kind: "release", job }) - 1);
    if (job.spec) takes.set(job.id, steps.push({ id: job.id, kind: "power-on", job }) - 1);
  }
  const givesBack = releases.size > 0 || events.some(({ destroys }) => destroys);
  const dependents = givesBack ? dependentsOf(jobs) : new Map<string, readonly Job[]>();
  const takesOf = (ids: Ids): number[] => indexes(ids, takes);
  const releasesOf = (ids: Ids): number[] => indexes(ids, releases);
  const idsOf = once((stacks: Ids) => new Set(stacks));
  const followersOf = (id: string): Job[] => (dependents.get(id) ?? []).filter(({ afterStacks }) => !idsOf(afterStacks).has(id));
  // One list for all that wait for the same: whole stacks do.
  const ofStacks = once((stacks: Ids) => distinct([...takesOf(stacks), ...releasesOf(stacks)]));
  const inOrder = (stacks: Ids, before: Ids): readonly number[] =>
    before.length === 0 ? ofStacks(stacks) : distinct([...ofStacks(stacks), ...takesOf(before)]);
  const afterOf = (step: Omit<PlainStep, "after">): readonly number[] => {
    switch (step.kind) {
      case "power-on":
      case "set-device":
        return afterOfTake(step);
      case "release":
        return afterOfRelease(step);
    }
  };
  const afterOfTake = ({ id, job, event }: Omit<PlainStep, "after">): readonly number[] => {
    const { after: before = [], afterStacks: stacks = [] } = job ?? event ?? {};
    const release = releases.get(id);
    const also = event?.destroys === true ? releasesOf(destroyedFirst(followersOf(id))) : [];
    if (release !== undefined && job && !JOB_ACTIONS[job.action].takesFirst) also.push(release);
    return also.length === 0 ? inOrder(stacks, before) : distinct([...inOrder(stacks, before), ...also]);
  };
  const afterOfRelease = ({ id, job }: Omit<PlainStep, "after">): readonly number[] => {
    const { after: before, afterStacks: stacks, action } = job!;
    const { releases: how, takesFirst } = JOB_ACTIONS[action];
    if (how === "power-off") return inOrder(stacks, before);
    const followers = followersOf(id);
    const destroyed = followers.filter((follower) => JOB_ACTIONS[follower.action].releases === "delete");
    const after = [...ofStacks(stacks), ...releasesOf(destroyed.map((follower) => follower.id))];
    if (takesFirst) {
      const take = takes.get(id);
      if (take !== undefined) after.push(take);
      after.push(...takesOf(followers.map((follower) => follower.id)));
    }
    return distinct(after);
  };
  return steps.map((step) => ({ ...step, after: afterOf(step) }));
}

type Ids = readonly string[];

function distinct(indexes: readonly number[]): readonly number[] {
  return [...new Set(indexes)].sort((a, b) => a - b);
}

function destroyedFirst(followers: readonly Job[]): Ids {
  return followers.filter(({ action }) => JOB_ACTIONS[action].releases === "delete" && !JOB_ACTIONS[action].takesFirst).map(({ id }) => id);
}

function dependentsOf(jobs: readonly Job[]): ReadonlyMap<string, readonly Job[]> {
  const dependents = new Map<string, Job[]>();
  for (const job of jobs) {
    for (const id of job.after) {
      const list = dependents.get(id);
      if (list) list.push(job);
      else dependents.set(id, [job]);
    }
  }
  return dependents;
}

function indexes(ids: Ids, table: ReadonlyMap<string, number>): number[] {
  return ids.flatMap((id) => table.get(id) ?? []);
}

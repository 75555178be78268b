import { Job } from "./job";
import { DeviceEvent } from "./device-events";

/** One atomic step of an event: a power-on takes, a release gives back, a set-device changes. `after`: indexes of what has to have worked before. */
export interface PlainStep {
  readonly id: string;
  readonly kind: "power-on" | "release" | "set-device";
  readonly job?: Job;
  readonly event?: DeviceEvent;
  readonly after: readonly number[];
}

/**
 * The batch as steps over Terraform's dependency graph (O2): a create or update waits for what it depends on, a destroy
 * for the destroys of its dependents, and a create-first destroy also for its own create and its dependents'.
 */
export function stepsOf(jobs: readonly Job[], events: readonly DeviceEvent[]): PlainStep[] {
  const steps: { id: string; kind: PlainStep["kind"]; job?: Job; event?: DeviceEvent; after: number[] }[] = [];
  const takes = new Map<string, number>();
  const releases = new Map<string, number>();
  for (const event of events) takes.set(event.id, steps.push({ id: event.id, kind: "set-device", event, after: [] }) - 1);
  for (const job of jobs) {
    if (job.releases) releases.set(job.id, steps.push({ id: job.id, kind: "release", job, after: [] }) - 1);
    if (job.spec) takes.set(job.id, steps.push({ id: job.id, kind: "power-on", job, after: [] }) - 1);
  }
  const dependents = dependentsOf(jobs);
  for (const step of steps) {
    const { job, kind } = step;
    const before = (job ?? step.event)?.after ?? [];
    const own = { take: takes.get(step.id), release: releases.get(step.id) };
    const followers = dependents.get(step.id) ?? [];
    const stacks = (job ?? step.event)?.afterStacks ?? [];
    step.after.push(...indexes(stacks, takes), ...indexes(stacks, releases));
    if (kind !== "release") {
      step.after.push(...indexes(before, takes));
      if (step.event?.destroys === true) step.after.push(...indexes(destroyedFirst(followers), releases));
      if (own.release !== undefined && job?.action !== "replace-create-first") step.after.push(own.release);
      continue;
    }
    if (job?.action === "reboot") {
      step.after.push(...indexes(before, takes));
      continue;
    }
    step.after.push(...indexes(followers.filter(({ action }) => action !== "reboot").map(({ id }) => id), releases));
    if (job?.action === "replace-create-first") {
      if (own.take !== undefined) step.after.push(own.take);
      step.after.push(...indexes(followers.map(({ id }) => id), takes));
    }
  }
  return steps.map((step) => ({ ...step, after: [...new Set(step.after)].sort((a, b) => a - b) }));
}

function destroyedFirst(followers: readonly Job[]): readonly string[] {
  return followers.filter(({ action }) => action === "delete" || action === "replace-destroy-first").map(({ id }) => id);
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

function indexes(ids: readonly string[], table: ReadonlyMap<string, number>): number[] {
  return ids.flatMap((id) => table.get(id) ?? []);
}

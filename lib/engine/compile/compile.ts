import { Host, once } from "../../model";
import { isFullyAutomated } from "./automation";
import { Batch } from "./batch";
import { Classes, HeldVm, classify } from "./classes";
import { DeviceViews, deviceViews } from "./device-views";
import { holdersOf } from "./holders";
import { Kinds, kindsOf } from "./host-kinds";
import { InForce } from "./in-force";
import { JOB_ACTIONS, Job } from "./job";
import { ListIds } from "./list-ids";
import { Binding, bindingResources } from "./needs";
import { Problem, StepClass } from "./problem";
import { RequestTable } from "./requests";
import { JudgeOptions } from "./judge-options";
import { PlainStep, stepsOf } from "./steps";

/**
 * Turns a batch into classes and counts. `hosts` are the cluster's with every sub-id in play declared (M4).
 * Equal hosts, devices and VMs fall together; CPU and memory that can't run out are left out.
 */
export function compile(batch: Batch, hosts: readonly Host[], inForce: InForce, options: JudgeOptions): Problem {
  const { cluster, occupants, jobs } = batch;
  const table = new RequestTable([...jobs.flatMap(({ spec }) => spec ?? []), ...occupants.map(({ spec }) => spec)]);
  const holders = holdersOf(batch);
  const views = deviceViews(hosts, batch.deviceEvents, jobs, table, holders);
  const open = new Set(views.open.map(({ id }) => id));
  const settledEvents = batch.deviceEvents.filter(({ id }) => !open.has(id));
  const settled = new Set(settledEvents.map(({ id }) => id));
  const steps = stepsOf(jobs.map(withoutSettled(settled)), views.open);
  const held = heldVms(batch, views);
  const binding = bindingOf(batch, hosts, views, held);
  const classes = classify(steps, held, hosts, { cluster, table, binding, inForce });
  const { slots, kinds, groupOfEvent } = kindsOf(hosts, views, classes, held, { binding, faultDomains: options.faultDomains === true });
  return {
    cluster,
    slots,
    kinds,
    classes: classes.list.map(({ vmClass }) => vmClass),
    steps: stepClasses(steps, classes, held, { slots, groupOfEvent }),
    settled: settledEvents,
    defrag: options.defrag === "movable" && isFullyAutomated(cluster, undefined),
    rules: inForce.vmRules.map(({ name, type, atPowerOn }) => ({ name, type, atPowerOn })),
    ...(inForce.admission ? { admission: inForce.admission } : {}),
    ...(inForce.pools ? { pools: inForce.pools } : {}),
  };
}

/** Leaves out of what they wait for the events that are settled. */
function withoutSettled(settled: ReadonlySet<string>): (job: Job) => Job {
  if (settled.size === 0) return (job) => job;
  const open = once((ids: readonly string[]) => ids.filter((id) => !settled.has(id)));
  return (job) => ({ ...job, after: open(job.after), afterStacks: open(job.afterStacks) });
}

function heldVms({ occupants, jobs }: Batch, views: DeviceViews): HeldVm[] {
  const releasing = new Map(jobs.flatMap((job) => (job.releases ? [[job.releases, job] as const] : [])));
  return occupants.map(({ vm, spec }) => {
    const releasedBy = releasing.get(vm);
    const onHost = vm.devices.length === 0 ? [] : (views.byHost.get(vm.host) ?? []);
    const own = onHost.filter(({ device }) => vm.devices.includes(device.address));
    return { spec, host: vm.host, views: own, ...(releasedBy ? { releasedBy } : {}) };
  });
}

function bindingOf({ jobs }: Batch, hosts: readonly Host[], views: DeviceViews, held: readonly HeldVm[]): Binding {
  const vms = [
    ...jobs.flatMap(({ spec }) => (spec ? [{ spec, devices: spec.requests.length }] : [])),
    ...held.map(({ spec, views: own }) => ({ spec, devices: Math.min(own.length, spec.requests.length) })),
  ];
  const inPlay = (host: Host): number =>
    (views.byHost.get(host.name) ?? []).filter((view) => view.before.any || view.after.any || view.held).length;
  return bindingResources(hosts, vms, inPlay);
}

/** Equal power-ons fall together; a release and a device change stand alone. */
function stepClasses(
  steps: readonly PlainStep[],
  classes: Classes,
  held: readonly HeldVm[],
  { slots, groupOfEvent }: Omit<Kinds, "kinds">,
): StepClass[] {
  const ids = new ListIds();
  const ofStep = steps.map((_, index) => ids.of(classes.ofStep.has(index) ? ["class", classes.ofStep.get(index)] : ["step", index]));
  const ordinals: number[][] = [];
  ofStep.forEach((at, index) => (ordinals[at] ??= []).push(index));
  const slotOf = new Map(slots.map(({ host }, slot) => [host.name, slot]));
  const occupantOf = new Map(held.flatMap(({ releasedBy }, occupant) => (releasedBy ? [[releasedBy.id, occupant] as const] : [])));
  return ordinals.map((members, at): StepClass => {
    const first = members[0]!;
    const step = steps[first]!;
    const after = [...new Set(step.after.map((before) => ofStep[before]!))].sort((a, b) => a - b);
    const base = { index: at, id: step.id, kind: step.kind, size: members.length, ordinals: members, after };
    switch (step.kind) {
      case "power-on":
        return { ...base, vmClass: classes.ofStep.get(first)! };
      case "set-device":
        return { ...base, ...groupOfEvent.get(step.id)! };
      case "release": {
        const occupant = occupantOf.get(step.id)!;
        const action = JOB_ACTIONS[step.job!.action].releases!;
        return { ...base, vmClass: classes.ofOccupant[occupant]!, action, slot: slotOf.get(held[occupant]!.host)! };
      }
    }
  });
}

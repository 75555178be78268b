import { Host } from "../../model";
import { isFullyAutomated } from "./automation";
import { Batch } from "./batch";
import { Classes, HeldVm, classify } from "./classes";
import { Faces, facesOf } from "./faces";
import { Kinds, kindsOf } from "./host-kinds";
import { InForce } from "./in-force";
import { Binding, bindingResources } from "./needs";
import { Problem, StepClass } from "../problem";
import { RequestTable } from "./requests";
import { JudgeOptions } from "../options";
import { PlainStep, stepsOf } from "./steps";

/**
 * Turns a batch into classes and counts. `hosts` are the cluster's with every sub-id in play declared (M4).
 * Equal hosts, devices and VMs fall together; CPU and memory that can't run out are left out.
 */
export function compile(batch: Batch, hosts: readonly Host[], inForce: InForce, options: JudgeOptions): Problem {
  const { cluster, occupants, jobs } = batch;
  const table = new RequestTable([...jobs.flatMap(({ spec }) => spec ?? []), ...occupants.map(({ spec }) => spec)]);
  const holders = holdersOf(batch);
  const faces = facesOf(hosts, batch.deviceEvents, jobs, table, holders);
  const open = new Set(faces.open.map(({ id }) => id));
  const settledEvents = batch.deviceEvents.filter(({ id }) => !open.has(id));
  const settled = new Set(settledEvents.map(({ id }) => id));
  const steps = stepsOf(jobs.map((job) => without(job, settled)), faces.open);
  const held = heldVms(batch, faces);
  const binding = bindingOf(batch, hosts, faces, held, holders);
  const classes = classify(steps, held, hosts, { cluster, table, binding, inForce });
  const { slots, kinds, groupOfEvent } = kindsOf(hosts, faces, classes, held, { binding, faultDomains: options.faultDomains === true });
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

function without<T extends { readonly after: readonly string[]; readonly afterStacks: readonly string[] }>(node: T, settled: ReadonlySet<string>): T {
  const open = (ids: readonly string[]): readonly string[] => ids.filter((id) => !settled.has(id));
  return { ...node, after: open(node.after), afterStacks: open(node.afterStacks) };
}

/** Who holds a device, by host and address: for good, or until the batch releases it. */
export type Holders = ReadonlyMap<string, "for-good" | "until-released">;

function holdersOf({ occupants, jobs }: Batch): Holders {
  const released = new Set(jobs.map(({ releases }) => releases));
  return new Map(
    occupants.flatMap(({ vm }) =>
      vm.devices.map((address) => [`${vm.host} ${address}`, released.has(vm) ? "until-released" : "for-good"] as const),
    ),
  );
}

function heldVms({ occupants, jobs }: Batch, faces: Faces): HeldVm[] {
  const releasing = new Map(jobs.flatMap((job) => (job.releases ? [[job.releases, job] as const] : [])));
  return occupants.map(({ vm, spec }) => {
    const releasedBy = releasing.get(vm);
    const own = (faces.byHost.get(vm.host) ?? []).filter(({ device }) => vm.devices.includes(device.address));
    return { spec, host: vm.host, faces: own, ...(releasedBy ? { releasedBy } : {}) };
  });
}

function bindingOf({ jobs }: Batch, hosts: readonly Host[], faces: Faces, held: readonly HeldVm[], holders: Holders): Binding {
  const vms = [
    ...jobs.flatMap(({ spec }) => (spec ? [{ spec, devices: spec.requests.length }] : [])),
    ...held.map(({ spec, faces: own }) => ({ spec, devices: Math.min(own.length, spec.requests.length) })),
  ];
  const inPlay = (host: Host): number =>
    (faces.byHost.get(host.name) ?? []).filter(
      ({ before, after, device }) => before.includes(true) || after.includes(true) || holders.has(`${host.name} ${device.address}`),
    ).length;
  return bindingResources(hosts, vms, inPlay);
}

/** Equal power-ons fall together; a release and a device change stand alone. */
function stepClasses(steps: readonly PlainStep[], classes: Classes, held: readonly HeldVm[], { slots, groupOfEvent }: Omit<Kinds, "kinds">): StepClass[] {
  const indexes = new Map<string, number>();
  const ofStep = steps.map((_, index) => {
    const vmClass = classes.ofStep.get(index);
    const key = vmClass === undefined ? `step ${index}` : `class ${vmClass}`;
    const known = indexes.get(key) ?? indexes.size;
    indexes.set(key, known);
    return known;
  });
  const built: StepClass[] = [];
  steps.forEach((step, index) => {
    const at = ofStep[index]!;
    const known = built[at];
    if (known) {
      built[at] = { ...known, size: known.size + 1, ordinals: [...known.ordinals, index] };
      return;
    }
    const after = [...new Set(step.after.map((before) => ofStep[before]!))].sort((a, b) => a - b);
    const base = { index: at, id: step.id, kind: step.kind, size: 1, ordinals: [index], after };
    if (step.kind === "power-on") built[at] = { ...base, vmClass: classes.ofStep.get(index)! };
    else if (step.kind === "release") {
      const occupant = held.findIndex(({ releasedBy }) => releasedBy?.id === step.job?.id);
      const host = held[occupant]!.host;
      const action = step.job?.action === "reboot" ? "power-off" : "delete";
      built[at] = { ...base, vmClass: classes.ofOccupant[occupant]!, action, slot: slots.findIndex((slot) => slot.host.name === host) };
    } else built[at] = { ...base, ...groupOfEvent.get(step.id)! };
  });
  return built;
}

import { AfterFailure } from "../witness/capacity";
import { Device, deviceKey, isCapacity } from "../../model";
import { FailoverJudge } from "./judge-failover";
import { groupMatches } from "../state-space/host-states";
import { Occupancy, Problem, Slot, StepClass } from "../compile/problem";
import { State, Transition } from "../state-space/transition";
import { HostState } from "../compile/host-state";
import { WorstCase } from "./worst-case";

/** The devices that are free once the worst failure has run its course (F4, F5); stranded are those that match no victim. */
export function afterFailure(worst: WorstCase, judge: FailoverJudge, { problem }: Transition): AfterFailure {
  const { placement, failed } = worst;
  const victims = judge.victims(placement, failed);
  const asking = problem.classes.filter(({ index, requests }) => victims[index]! > 0 && requests.length > 0);
  // A static request fits only its own device (M8), which failed with its host.
  const requests = asking.flatMap((vmClass) => (vmClass.static ? [] : vmClass.requests));
  const changed = new Map(problem.settled.map((event) => [deviceKey(event.host, event.device.address), event.changed]));
  const free = new Set<string>();
  const stranded = new Set<string>();
  for (const { slot, state } of endOf(worst, judge, problem)) {
    const { devices, host } = problem.slots[slot]!;
    const kind = problem.kinds[state.kind]!;
    if (!kind.usable) continue;
    const left = (device: Device, isUseful: boolean): void => {
      free.add(deviceKey(host.name, device.address));
      if (!isUseful && asking.length > 0) stranded.add(deviceKey(host.name, device.address));
    };
    const held = stillHeld(problem, slot, placement);
    devices.forEach((group, index) => {
      if (state.free[index] === 0) return;
      const isUseful = requests.some((request) => groupMatches(kind.groups[index]!, state.changed[index]!, request));
      for (const device of lastTaken(group, problem, slot, held).slice(0, state.free[index])) left(device, isUseful);
    });
    // What nothing in play asks for is in no group; a device that the plan changes is there as another object.
    const taken = new Set([...devices.flat(), ...held].map(({ address }) => address));
    for (const device of host.devices) {
      if (!taken.has(device.address) && isCapacity(changed.get(deviceKey(host.name, device.address)) ?? device)) left(device, false);
    }
  }
  return { free, stranded };
}

/** A surviving host once the failure has run its course. */
export interface Survivor {
  readonly slot: number;
  readonly state: HostState;
}

/** The survivors of a failure in an end that it can have. */
export function endOf(failure: WorstCase, judge: FailoverJudge, { slots, kinds }: Problem): readonly Survivor[] {
  const survivors = survivingSlots(slots, kinds.length, failure.failed);
  return judge.courseOf(failure).ends.map((state) => ({ slot: survivors[state.kind]!.shift()!, state }));
}

/** By kind, in order: of each kind the first hosts are those that failed, as F4 names them. Hosts of a kind can change places. */
function survivingSlots(slots: readonly Slot[], kinds: number, failed: readonly number[]): number[][] {
  const ofKind = Array.from({ length: kinds }, (): number[] => []);
  slots.forEach(({ kind }, slot) => ofKind[kind]!.push(slot));
  const down = ofKind.map(() => 0);
  for (const slot of failed) down[slots[slot]!.kind]!++;
  return ofKind.map((all, kind) => all.slice(down[kind]));
}

/**
 * The devices of a group that can be free, those that must be taken last in front. The batch can always take what is free from the
 * start before what it has to wait for, and what is released early before what is released late.
 */
function lastTaken(group: readonly Device[], problem: Problem, slot: number, held: readonly Device[]): readonly Device[] {
  // What waits for another release waits for all that the other waits for, too, and for it.
  const releasedAt = new Map(
    releases(problem, slot).flatMap(({ devices, index }) => devices.map((device) => [device, 1 + waitsFor(problem, index).size] as const)),
  );
  const cut = (device: Device): number => releasedAt.get(device) ?? 0;
  return group.filter((device) => !held.includes(device)).sort((a, b) => cut(b) - cut(a));
}

/** Every step that has to come before this one. */
function waitsFor({ steps }: Problem, index: number): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [index];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const before of steps[at]!.after) {
      if (!found.has(before)) open.push(before);
      found.add(before);
    }
  }
  return found;
}

/** What the VMs that run there from the start still hold. */
function stillHeld(problem: Problem, slot: number, { pending, off }: State): readonly Device[] {
  const released = releases(problem, slot).filter(({ index }) => pending[index] === 0 && off[index] === 0);
  return problem.slots[slot]!.occupants.flatMap(({ devices }) => (released.some((release) => release.devices === devices) ? [] : devices));
}

/** A VM that the plan releases is in a class of its own. */
function releases({ slots, steps }: Problem, slot: number): readonly (StepClass & Pick<Occupancy, "devices">)[] {
  return steps.flatMap((step) => {
    const occupant = step.slot === slot && slots[slot]!.occupants.find((other) => step.kind === "release" && other.class === step.vmClass);
    return occupant ? [{ ...step, devices: occupant.devices }] : [];
  });
}

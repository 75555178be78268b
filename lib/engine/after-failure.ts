import { AfterFailure, deviceKey } from "./capacity";
import { FailoverJudge } from "./failover";
import { groupMatches } from "./host-states";
import { isCapacity } from "../model";
import { Transition } from "./transition";
import { WorstCase } from "./worst-case";

/** The devices that are free once the worst failure has run its course (F4, F5); stranded are those that match no victim. */
export function afterFailure({ placement, failed, off }: WorstCase, judge: FailoverJudge, { problem }: Transition): AfterFailure {
  const victims = judge.victims(placement, failed);
  const end = judge.restarts.endOf(judge.survivors(placement, failed), victims, off);
  const requests = [...new Set(victims.flatMap((count, index) => (count > 0 ? problem.classes[index]!.requests : [])))];
  const failedNames = new Set(failed);
  const free = new Set<string>();
  const stranded = new Set<string>();
  // Survivors come sorted by kind and state; hosts of a kind are interchangeable, so each end state is given to the next host.
  const slots = problem.slots.map((_, slot) => slot).filter((slot) => !failedNames.has(slot));
  const taken = new Set<number>();
  for (const state of end) {
    const slot = slots.find((candidate) => !taken.has(candidate) && problem.slots[candidate]!.kind === state.kind);
    if (slot === undefined) continue;
    taken.add(slot);
    const { devices, host } = problem.slots[slot]!;
    const kind = problem.kinds[state.kind]!;
    devices.forEach((group, index) => {
      const useful = requests.some((request) => groupMatches(kind.groups[index]!, state.changed[index]!, request));
      for (const device of group.slice(group.length - state.free[index]!)) {
        free.add(deviceKey(host.name, device));
        if (!useful && requests.length > 0) stranded.add(deviceKey(host.name, device));
      }
    });
    const grouped = new Set(devices.flat());
    for (const device of host.devices) {
      if (grouped.has(device) || !isCapacity(device)) continue;
      free.add(deviceKey(host.name, device));
      if (requests.length > 0) stranded.add(deviceKey(host.name, device));
    }
  }
  return { free, stranded };
}

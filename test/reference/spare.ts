import { CapacityRow, formatPciId, isUsable } from "../../lib/model";
import { capacityOf } from "./capacity";
import { FailureEnd } from "./failover";
import { matches } from "./matching";
import { Problem } from "./problem";

export type SpareRow = Pick<CapacityRow, "id" | "label" | "freeAfterWorstFailure" | "stranded">;

/** F5, the part that is about the worst failure: what can be free, and what of it is of no use to any victim, at one end of it. */
export function spareAfter(problem: Problem, { failed, victims, state }: FailureEnd): readonly SpareRow[] {
  const { hosts, devices } = problem;
  const requests = victims.filter((vm) => !vm.static).flatMap((vm) => vm.requests);
  const anyAsks = victims.some((vm) => vm.requests.length > 0);
  const left = devices.flatMap((device, index) => {
    const { state: passthrough, label } = state.devices[index]!;
    const { healthy, reserved } = hosts[device.host]!.devices.find(({ address }) => address === device.address)!;
    const isHeld = state.at.some((place) => place && (place.held & (1 << index)) !== 0);
    const capacity = isUsable(hosts[device.host]!) && passthrough === "active" && healthy && reserved === undefined;
    if (!capacity || isHeld || failed.includes(device.host)) return [];
    const useful = requests.some((request) => matches(request, device, label));
    return [{ vendor: device.vendor, device: device.device, label, stranded: anyAsks && !useful }];
  });
  return capacityOf(problem, state).map(({ id, label }) => {
    const free = left.filter((device) => id === formatPciId(device) && label === device.label);
    return {
      id,
      ...(label === undefined ? {} : { label }),
      freeAfterWorstFailure: free.length,
      stranded: free.filter(({ stranded }) => stranded).length,
    };
  });
}

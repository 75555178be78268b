import { counted, Failover, listing } from "../model";
import { Names } from "./names";

type Naming = Pick<Names, "host" | "vm">;

/** `esx-02 down: train-4 and infer-1 stay off (tolerates 0)`; `list` says how many names are named. */
export function worstFailureInWords(failover: Failover, names: Naming, off: "stay" | "can stay", list = listing): string {
  return whoStaysOff(failover, names, off, list) + toleratedInWords(failover);
}

/** Where the worst failure is not known, one that was shown, as an example; without any it says only that there is one. */
export function whoStaysOff({ worst, failing, hostFailures }: Failover, names: Naming, off: "stay" | "can stay", list = listing): string {
  if (worst === undefined && failing !== undefined) {
    return `for example ${list(failing.hosts.map(names.host))} down: ${list(failing.off.map(names.vm))} can stay off`;
  }
  if (worst === undefined || worst.hosts.length === 0) {
    return `with ${counted(hostFailures, "host")} down a protected VM ${off === "stay" ? "stays" : "can stay"} off`;
  }
  const verb = off === "stay" && worst.off.length === 1 ? "stays" : off;
  return `${list(worst.hosts.map(names.host))} down: ${list(worst.off.map(names.vm))} ${verb} off`;
}

export function toleratedInWords({ tolerates }: Failover): string {
  return tolerates === undefined ? "" : ` (tolerates ${tolerates})`;
}

import { HostState, ReportDevice, ReportHost } from "../model";

/** What a device is used for, in the outcome that is drawn. */
export type Use = keyof typeof USE_IN_WORDS;

export const USE_IN_WORDS = {
  running: "in use",
  placed: "this batch, in one of many placements",
  free: "free",
  stranded: "free, but of no use after the worst failure",
  none: "no capacity",
} as const;

/** What a device of a host in this state is used for. */
export function useOf({ passthrough, unavailable, vm, running, stranded }: ReportDevice, state: HostState): Use {
  if (vm !== undefined) return running === false ? "placed" : "running";
  if (passthrough !== "active" || unavailable !== undefined || state !== "connected") return "none";
  return stranded === true ? "stranded" : "free";
}

/** What is out of the ordinary about a host; empty for most. */
export function conditionsInWords({ state, failover }: Pick<ReportHost, "state" | "failover">): readonly string[] {
  return [...(state === "connected" ? [] : [state.replace("-", " ")]), ...(failover ? ["failover host"] : [])];
}

const FAULTS = { active: undefined, "pending-reboot": "pending a reboot", disabled: "passthrough disabled", vgpu: "in vGPU mode" } as const;

/** Why devices are no capacity, counted: `2 × pending a reboot`. */
export function faultsInWords(devices: readonly ReportDevice[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { unavailable, passthrough, vm } of devices) {
    const fault = unavailable ?? FAULTS[passthrough];
    if (fault !== undefined && vm === undefined) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  }
  return [...counts].map(([fault, amount]) => `${amount} × ${fault}`);
}

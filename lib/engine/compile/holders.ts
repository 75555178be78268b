import { PciAddress } from "../../model";
import { Batch } from "./batch";

/** Whether a device is held, for good or until the batch releases it: by host name, then address. */
export type Holders = ReadonlyMap<string, ReadonlyMap<PciAddress, "for-good" | "until-released">>;

export function holdersOf({ occupants, jobs }: Pick<Batch, "occupants" | "jobs">): Holders {
  const released = new Set(jobs.map(({ releases }) => releases));
  const holders = new Map<string, Map<PciAddress, "for-good" | "until-released">>();
  for (const { vm } of occupants) {
    const onHost = holders.get(vm.host) ?? new Map<PciAddress, "for-good" | "until-released">();
    for (const address of vm.devices) onHost.set(address, released.has(vm) ? "until-released" : "for-good");
    holders.set(vm.host, onHost);
  }
  return holders;
}

import { Host } from "../../model";
import { VmSpec, memoryNeedMb } from "./vm-spec";

/** CPU in MHz and memory in MB: every VM takes its part of what the host has. Devices are matched one by one. */
export type Resource = "cpuMhz" | "memoryMb";

export type Amounts = Readonly<Record<Resource, number>>;

interface ResourceConstraint {
  /** VMs and hosts are told apart by these amounts. */
  readonly need: (vm: VmSpec) => number;
  readonly capacity: (host: Host) => number;
}

export const RESOURCES: Readonly<Record<Resource, ResourceConstraint>> = {
  cpuMhz: {
    need: ({ cpuReservationMhz }: Pick<VmSpec, "cpuReservationMhz">) => cpuReservationMhz,
    capacity: ({ cpuMhz }: Pick<Host, "cpuMhz">) => cpuMhz,
  },
  memoryMb: { need: memoryNeedMb, capacity: ({ memoryMb }: Pick<Host, "memoryMb">) => memoryMb },
};

/** The same of each resource. */
export function amounts(of: (resource: Resource) => number): Amounts {
  return { cpuMhz: of("cpuMhz"), memoryMb: of("memoryMb") };
}

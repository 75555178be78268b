import { inGb } from "../model";
import { hasStarted, isBoundToMemory } from "./facts/asks";
import { Rule } from "./rule";

/** The arguments that decide it. */
const DECIDING = ["memory", "memory_reservation", "pci_device_id", "network_interface"];

export const memoryNotReserved: Rule = {
  id: "memory-not-reserved",
  severity: "error",
  refuses: ["memory-not-reserved"],
  title: "the memory of a VM with passthrough devices is not reserved in full",
  explanation:
    "Passthrough devices reach the VM's memory directly, so that all of it must be reserved, else the power-on is refused. " +
    "memory_reservation_locked_to_max alone does nothing: the vSphere provider sends it only where the reservation equals the memory.",
  fix: "set memory_reservation equal to memory, in MB",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place } = placed;
      const { memoryMb, memoryReservationMb, memoryLockedToMax } = vm;
      if (!(isBoundToMemory(placed) || vm.carriers.gpuIntent) || hasStarted(placed, DECIDING)) return [];
      if (!memoryMb.known || !memoryReservationMb.known || memoryReservationMb.value === memoryMb.value) return [];
      const locked = memoryLockedToMax.known && memoryLockedToMax.value ? "; memory_reservation_locked_to_max alone does nothing" : "";
      const reserves = memoryReservationMb.value === 0 ? "nothing" : inGb(memoryReservationMb.value);
      const subject = `${nameOf(vm.address)} reserves ${reserves} of its ${inGb(memoryMb.value)} memory`;
      const message = `${subject}; with passthrough devices all of it must be reserved${locked}`;
      return [{ ...place, message, fix: `set memory_reservation = ${memoryMb.value}, equal to memory` }];
    }),
};

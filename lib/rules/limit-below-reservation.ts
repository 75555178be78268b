import { inGb, Maybe } from "../model";
import { hasStarted } from "./facts/asks";
import { Rule } from "./rule";

/** The arguments that decide it. */
const DECIDING = ["memory_limit", "cpu_limit", "memory_reservation", "cpu_reservation"];

export const limitBelowReservation: Rule = {
  id: "limit-below-reservation",
  severity: "error",
  refuses: ["limit-below-reservation"],
  title: "a VM's CPU or memory limit is below its reservation",
  explanation: "vSphere refuses a limit that is less than what is reserved: the VM could not be given what it is promised.",
  fix: "remove the limit, or raise it to the reservation at least",
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place } = placed;
      if (hasStarted(placed, DECIDING)) return [];
      const found = [
        exceeded("memory_limit", vm.memoryReservationMb, vm.memoryLimitMb, inGb),
        exceeded("cpu_limit", vm.cpuReservationMhz, vm.cpuLimitMhz, (mhz) => `${mhz} MHz`),
      ];
      return found.flatMap((words) => (words === undefined ? [] : [{ ...place, message: `${nameOf(vm.address)} ${words}` }]));
    }),
};

function exceeded(
  name: string,
  reservation: Maybe<number>,
  limit: Maybe<number> | undefined,
  inWords: (amount: number) => string,
): string | undefined {
  if (!reservation.known || !limit?.known || limit.value >= reservation.value) return undefined;
  return `reserves ${inWords(reservation.value)} and has a ${name} of ${inWords(limit.value)}`;
}

import { AdmissionControl, counted, inGb } from "../model";

/** What vCenter's admission control goes by: `CPU 99 %, memory 74 % left, 20 % required`. */
export function admissionInWords({ policy, slots, cpuPercent, memoryPercent, required, requiredMemory }: AdmissionControl): string {
  if (policy === "disabled") return "admission control is disabled";
  if (policy === "failoverHosts") return "dedicated failover hosts";
  if (slots !== undefined) {
    const { needed, afterFailures, total, cpuMhz, memoryMb } = slots;
    return `${needed} of ${counted(afterFailures, "slot")} needed, ${total} before failures; a slot is ${cpuMhz} MHz, ${inGb(memoryMb)}`;
  }
  const percent = (value: number | undefined): string => (value === undefined ? "unknown" : `${value} %`);
  if (requiredMemory !== undefined) {
    const cpu = `CPU ${percent(cpuPercent)} left, ${percent(required)} required`;
    return `${cpu}; memory ${percent(memoryPercent)} left, ${percent(requiredMemory)} required`;
  }
  return `CPU ${percent(cpuPercent)}, memory ${percent(memoryPercent)} left, ${percent(required)} required`;
}

import { AdmissionCondition, AdmissionControl, counted, inGb } from "../model";

/** What vCenter's admission control goes by: `CPU 99 %, memory 74 % left, 20 % required`; where it refuses, what refuses alone. */
export function admissionInWords(admission: AdmissionControl): string {
  const { policy, slots, cpuPercent, memoryPercent, required, requiredMemory, refusedBy = [] } = admission;
  if (policy === "disabled") return "admission control is disabled";
  if (policy === "failoverHosts") return "dedicated failover hosts";
  if (slots !== undefined) {
    const { needed, afterFailures, total, cpuMhz, memoryMb } = slots;
    return `${needed} of ${counted(afterFailures, "slot")} needed, ${total} before failures; a slot is ${cpuMhz} MHz, ${inGb(memoryMb)}`;
  }
  if (refusedBy.length > 0) return refusedBy.map((condition) => refusingInWords(condition, admission)).join("; ");
  const percent = (value: number | undefined): string => (value === undefined ? "unknown" : `${value} %`);
  if (requiredMemory !== undefined) {
    const cpu = `CPU ${percent(cpuPercent)} left, ${percent(required)} required`;
    return `${cpu}; memory ${percent(memoryPercent)} left, ${percent(requiredMemory)} required`;
  }
  return `CPU ${percent(cpuPercent)}, memory ${percent(memoryPercent)} left, ${percent(required)} required`;
}

function refusingInWords(condition: AdmissionCondition, control: AdmissionControl): string {
  const { cpuPercent, memoryPercent, required, requiredMemory = required } = control;
  switch (condition) {
    case "hosts":
      return conditionInWords(condition, 2, undefined);
    case "cpu":
      return conditionInWords(condition, required, cpuPercent);
    case "memory":
      return conditionInWords(condition, requiredMemory, memoryPercent);
    case "slots":
      return conditionInWords(condition, control.slots?.needed, control.slots?.afterFailures);
  }
}

/** What a condition asks for and what there is: `memory 32 % left, 33 % required`. */
export function conditionInWords(condition: AdmissionCondition, required: number | undefined, there: number | undefined): string {
  switch (condition) {
    case "hosts":
      return `it needs ${required} usable hosts${there === undefined ? "" : `, there ${there === 1 ? "is 1" : `are ${there}`}`}`;
    case "cpu":
      return `CPU ${there} % left, ${required} % required`;
    case "memory":
      return `memory ${there} % left, ${required} % required`;
    case "slots":
      return `${required} slots needed, ${there} after failures`;
  }
}

const DISABLED = "set its admission control to disabled";

/** What makes a condition admit: what the cluster would have to be, or how much less it may ask for. */
export function admissionRemedy(condition: AdmissionCondition | undefined, there: number | undefined): string {
  switch (condition) {
    case "hosts":
      return `add a second usable host to the cluster, or ${DISABLED}`;
    case "cpu":
    case "memory": {
      const what = condition === "cpu" ? "CPU" : "memory";
      const most = there === undefined || there <= 0 ? "" : `, or require at most ${there} % of ${what}`;
      return `reserve less ${what}, or add a host${most}`;
    }
    case "slots":
      return "add a host, make the largest reservation smaller, or tolerate fewer host failures";
    case undefined:
      return "reserve less, add a host, or lower what admission control keeps free";
  }
}

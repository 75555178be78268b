import { AdmissionControl, HaSettings, Host, isUsable } from "../../lib/model";
import { Body, Problem } from "./problem";
import { State } from "./state";

/** O4, section 7: whether vCenter's admission control lets one more VM power on. It knows nothing of devices. */
export function admits({ cluster, hosts, bodies }: Problem, { at }: State, vm: Body): boolean {
  const counted = bodies.filter((_, index) => {
    const place = at[index];
    return place && isUsable(hosts[place.host]!);
  });
  return !cluster.ha || admissionWith(cluster.ha, hosts, [...counted, vm]).admits;
}

/** A1 to A3 in numbers, with the whole batch on. */
export function admissionControlOf({ cluster, hosts, bodies, events }: Problem): AdmissionControl | undefined {
  const starting = new Set(events.flatMap((event) => (event.kind === "power-on" ? [event.body] : [])));
  const ending = new Set(events.flatMap((event) => (event.kind === "power-off" || event.kind === "delete" ? [event.body] : [])));
  const counted = bodies.filter(
    ({ running }, index) => starting.has(index) || (running && !ending.has(index) && isUsable(hosts[running.host]!)),
  );
  return cluster.ha && admissionWith(cluster.ha, hosts, counted);
}

function admissionWith(ha: HaSettings, hosts: readonly Host[], on: readonly Body[]): AdmissionControl {
  const usable = hosts.filter(isUsable);
  if (ha.admissionControl === "resourcePercentage") return percentage(ha, usable, on);
  if (ha.admissionControl === "slotPolicy") return slotPolicy(ha, usable, on);
  return { policy: ha.admissionControl, admits: true };
}

function percentage(ha: HaSettings, usable: readonly Host[], on: readonly Body[]): AdmissionControl {
  const automatic = Math.floor((100 * ha.hostFailuresToTolerate) / usable.length);
  const left = (of: (host: Host) => number, used: (body: Body) => number): number => {
    const total = sum(usable.map(of));
    return Math.floor((100 * (total - sum(on.map(used)))) / total);
  };
  const cpuPercent = left(
    ({ cpuMhz }) => cpuMhz,
    ({ cpuMhz }) => Math.max(cpuMhz, 32),
  );
  const memoryPercent = left(
    ({ memoryMb }) => memoryMb,
    ({ memoryMb }) => memoryMb,
  );
  const required = ha.cpuPercent ?? automatic;
  const requiredMemory = ha.memoryPercent ?? automatic;
  return {
    policy: "resourcePercentage",
    admits: usable.length >= 2 && cpuPercent >= required && memoryPercent >= requiredMemory,
    cpuPercent,
    memoryPercent,
    required,
    ...(requiredMemory === required ? {} : { requiredMemory }),
  };
}

function slotPolicy(ha: HaSettings, usable: readonly Host[], on: readonly Body[]): AdmissionControl {
  const cpuMhz = ha.slotCpuMhz ?? Math.max(32, ...on.map((body) => body.cpuMhz));
  const memoryMb = ha.slotMemoryMb ?? Math.max(0, ...on.map((body) => body.memoryMb));
  const slots = usable
    .map((host) => Math.min(Math.floor(host.cpuMhz / cpuMhz), memoryMb === 0 ? Infinity : Math.floor(host.memoryMb / memoryMb)))
    .sort((a, b) => b - a);
  const needed = on.map((body) =>
    Math.max(1, Math.ceil(Math.max(body.cpuMhz, 32) / cpuMhz), memoryMb === 0 ? 0 : Math.ceil(body.memoryMb / memoryMb)),
  );
  const afterFailures = sum(slots.slice(ha.hostFailuresToTolerate));
  return {
    policy: "slotPolicy",
    admits: afterFailures >= sum(needed),
    slots: { cpuMhz, memoryMb, total: sum(slots), afterFailures, needed: sum(needed) },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

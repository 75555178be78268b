import { groupBy, inGb, Refusal } from "../model";
import { conditionInWords } from "./admission";
import { Names } from "./names";

const SHOWN = 4;
const NAMED_HOSTS = 2;

/** Equal refusals together, the rarest first, because that is the one worth mending: `memory at esx-01 (…); 3 of 4 free at 12 hosts`. */
export function refusalsInBrief(refusals: readonly Refusal[], names: Names): string {
  const alike = groupBy(refusals, ({ reason, name, resource, requested, used, capacity }) =>
    JSON.stringify([reason, name, resource, requested, used, capacity]),
  );
  const groups = [...alike.values()].map((group) => ({
    refusal: group[0]!,
    hosts: group.flatMap(({ host }) => (host === undefined ? [] : [names.host(host)])),
  }));
  const rarestFirst = groups.sort((a, b) => a.hosts.length - b.hosts.length);
  const words = rarestFirst.map(({ refusal, hosts }) => inWords(refusal, at(hosts)));
  const rest = words.length - SHOWN;
  return [...words.slice(0, SHOWN), ...(rest > 0 ? [`${rest} more reasons`] : [])].join("; ");
}

function at(hosts: readonly string[]): string {
  if (hosts.length === 0) return "";
  return hosts.length > NAMED_HOSTS ? ` at ${hosts.length} hosts` : ` at ${hosts.join(" and ")}`;
}

function inWords({ reason, requested, used, capacity, name, resource }: Refusal, where: string): string {
  if (reason === "admission-control" && resource !== undefined)
    return `admission control (${conditionInWords(resource, requested, capacity)})`;
  const amounts = resource ?? reason;
  const unit = amounts === "memory" ? inGb : amounts === "cpu" ? (mhz: number) => `${mhz} MHz` : String;
  const free = used === undefined || capacity === undefined ? "" : `${unit(Math.max(0, capacity - used))} of ${unit(capacity)} free`;
  if (reason === "no-free-device" && free !== "") return `${free}${where}`;
  const numbers = [free, requested === undefined ? "" : `${unit(requested)} needed`].filter(Boolean).join(", ");
  const what = [reason === "cpu" ? "CPU" : reason.replaceAll("-", " "), name].filter(Boolean).join(" ");
  return `${what}${where}${free === "" ? "" : ` (${numbers})`}`;
}

import { counted, distinct, inGb, listing, quoted, Refusal, RefusalReason, Source } from "../model";
import { admissionRemedy, conditionInWords } from "./admission";

/**
 * Why nobody took a VM, as a clause: the reasons with the hosts that gave them, the rarest first: that is the one worth mending.
 * Hosts that are out of service or have no matching device at all say nothing new once another host refuses for want of room.
 */
export function refusalsInWords(refusals: readonly Refusal[]): string {
  return isAboutDevicesAlone(refusals) ? reasonsInWords(refusals) : `it is refused: ${reasonsInWords(refusals)}`;
}

/** The reasons alone: `no datastore "ds-1" at 2 hosts`, `no host has a matching device free`. */
export function reasonsInWords(refusals: readonly Refusal[]): string {
  const groups = groupByReason(tellingRefusals(refusals));
  const [only] = groups;
  return only !== undefined && isAboutDevicesAlone(refusals) ? devicesMissing(only) : listing(groups.map(groupInWords));
}

/** Nothing but devices is missing. */
export function isAboutDevicesAlone(refusals: readonly Refusal[]): boolean {
  const groups = groupByReason(tellingRefusals(refusals));
  return groups.length === 1 && groups.every(({ reason }) => isAboutDevices(reason));
}

/**
 * What would help against the rarest reason; one that refuses whatever the host comes first, since no other host gets around it.
 * `placeOfPool`: where the inventory declares a pool.
 */
export function remedy(refusals: readonly Refusal[], placeOfPool: PlaceOfPool = () => undefined): string | undefined {
  const telling = tellingRefusals(refusals);
  const everywhere = telling.filter(({ host }) => host === undefined);
  const [rarest] = groupByReason(everywhere.length > 0 ? everywhere : telling);
  if (rarest === undefined) return undefined;
  const { remedy: words } = REASONS[rarest.reason];
  return typeof words === "string" ? words : words(nearest(rarest.refusals), placeOfPool);
}

type PlaceOfPool = (name: string) => Source | undefined;

/** Reasons that stand in the way of every VM of this kind at this host, whatever the order. */
const STANDING: readonly RefusalReason[] = [
  "disconnected",
  "maintenance",
  "standby",
  "failover-host",
  "not-the-fixed-host",
  "no-matching-device",
];

function tellingRefusals(refusals: readonly Refusal[]): readonly Refusal[] {
  const unfit = new Set(refusals.filter(({ reason }) => reason === "no-matching-device").map(({ host }) => host));
  const said = refusals.filter(({ reason, host }) => reason !== "no-free-device" || !unfit.has(host));
  const telling = said.filter(({ reason }) => !STANDING.includes(reason));
  return telling.length > 0 ? telling : said;
}

interface Group {
  readonly reason: RefusalReason;
  readonly refusals: readonly Refusal[];
}

function groupByReason(refusals: readonly Refusal[]): readonly Group[] {
  return distinct(refusals.map(({ reason }) => reason))
    .map((reason) => ({ reason: reason as RefusalReason, refusals: refusals.filter((refusal) => refusal.reason === reason) }))
    .sort((a, b) => a.refusals.length - b.refusals.length);
}

function isAboutDevices(reason: RefusalReason): boolean {
  return reason === "no-free-device" || reason === "no-matching-device";
}

function devicesMissing({ reason, refusals }: Group): string {
  const free = reason === "no-free-device" ? " free" : "";
  const most = Math.max(...refusals.map((refusal) => Math.max(0, (free === "" ? refusal.capacity : room(refusal)) ?? 0)));
  const requested = Math.max(...refusals.map((refusal) => refusal.requested ?? 0));
  if (requested > 0 && most >= requested) return `the${free} devices of no host match all of its requests at once`;
  const [only, ...others] = refusals;
  if (only?.host !== undefined && others.length === 0) {
    return most === 0 ? `${only.host} has no matching device${free}` : `${only.host} has only ${counted(most, "matching device")}${free}`;
  }
  return most === 0 ? `no host has a matching device${free}` : `no host has more than ${counted(most, "matching device")}${free}`;
}

function groupInWords({ reason, refusals }: Group): string {
  const hosts = distinct(refusals.flatMap(({ host }) => (host === undefined ? [] : [host])));
  const where = hosts.length === 0 ? "" : hosts.length === 1 ? ` at ${hosts[0]}` : ` at ${counted(hosts.length, "host")}`;
  const names = distinct(refusals.flatMap(({ name }) => (name === undefined ? [] : [quoted(name)])));
  const named = names.length === 0 ? "" : ` ${listing(names)}`;
  // Admission control refuses by several conditions at once; of hosts the nearest says enough.
  const telling = reason === "admission-control" ? refusals : [nearest(refusals)];
  const numbers = distinct(telling.flatMap((refusal) => REASONS[reason].numbers?.(refusal) ?? [])).join("; ");
  return `${REASONS[reason].words}${named}${where}${numbers === "" ? "" : ` (${numbers})`}`;
}

/** The refusal that came closest to a yes. */
function nearest(refusals: readonly Refusal[]): Refusal {
  return refusals.reduce((best, refusal) => ((room(refusal) ?? -Infinity) > (room(best) ?? -Infinity) ? refusal : best));
}

function room({ used, capacity }: Refusal): number | undefined {
  return used === undefined || capacity === undefined ? undefined : capacity - used;
}

interface ReasonWords {
  readonly words: string;
  readonly numbers?: (refusal: Refusal) => string | undefined;
  readonly remedy: string | ((refusal: Refusal, placeOfPool: PlaceOfPool) => string);
}

const SERVICE = "bring the host back into service, or add matching devices to another";

const REASONS: Readonly<Record<RefusalReason, ReasonWords>> = {
  disconnected: { words: "disconnected", remedy: SERVICE },
  maintenance: { words: "in maintenance", remedy: SERVICE },
  standby: { words: "in standby", remedy: SERVICE },
  "failover-host": { words: "dedicated failover host", remedy: "add matching devices to a host that takes VMs in normal operation" },
  "not-the-fixed-host": { words: "not the host it was put on", remedy: "turn DRS on, or set host_system_id to a host that can take it" },
  "hardware-version": {
    words: "hardware version",
    numbers: ({ host, requested, capacity }) => {
      // A host that lists its versions can lack one that is older than its newest.
      if (host !== undefined && requested !== undefined && capacity !== undefined && requested <= capacity)
        return `${requested} asked, not listed`;
      return ofWhat(requested, capacity, host === undefined ? "at least" : "at most");
    },
    remedy: ({ host, capacity }) => {
      const newest = host === undefined || capacity === undefined ? "that the hosts support" : `of at most ${capacity}`;
      return `set a hardware_version ${newest}, 17 or newer with passthrough devices`;
    },
  },
  datastore: {
    words: "no datastore",
    remedy: ({ name = "" }) => `give ${quoted(name)} to another host with matching devices, or put the VM on a datastore that one has`,
  },
  network: {
    words: "no network",
    remedy: ({ name = "" }) => `give ${quoted(name)} to another host with matching devices, or put the VM on networks that one has`,
  },
  cpu: { words: "CPU", numbers: (refusal) => ofRoom(refusal, inMhz), remedy: (refusal) => makeRoom(refusal, "of CPU", inMhz) },
  memory: { words: "memory", numbers: (refusal) => ofRoom(refusal, inGb), remedy: (refusal) => makeRoom(refusal, "of memory", inGb) },
  "bound-to-its-host": {
    words: "not the host of its static devices",
    remedy: "ask for dynamic devices: a VM with static ones never restarts elsewhere",
  },
  "no-matching-device": {
    words: "no matching device",
    numbers: ({ requested, capacity }) => (capacity === undefined || capacity === 0 ? undefined : ofWhat(requested, capacity, "at most")),
    remedy: "ask for devices and labels that a host has, as many as one host has",
  },
  "no-free-device": {
    words: "no matching device free",
    numbers: (refusal) => ofRoom(refusal, String),
    remedy: "add or free matching devices, or ask for fewer",
  },
  "device-maximum": {
    words: "more devices than a VM may have",
    numbers: ({ requested, capacity }) => ofWhat(requested, capacity, "at most"),
    remedy: "ask for fewer devices, or set a newer hardware_version",
  },
  "host-rule": { words: "VM-Host rule", remedy: "change the rule, or give matching devices to the hosts it allows" },
  "vm-rule": { words: "VM-VM rule", remedy: "change the rule, or add a host with matching devices" },
  "resource-pool": {
    words: "resource pool",
    numbers: (refusal) => ofRoom(refusal, refusal.resource === "memory" ? inGb : inMhz),
    remedy: poolRemedy,
  },
  "admission-control": {
    words: "HA admission control",
    numbers: ({ resource, requested, capacity }) => resource && conditionInWords(resource, requested, capacity),
    remedy: ({ resource, capacity }) => admissionRemedy(resource, capacity),
  },
  "memory-not-reserved": {
    words: "memory not reserved in full",
    numbers: ({ requested, used }) => (requested === undefined || used === undefined ? undefined : `${inGb(used)} of ${inGb(requested)}`),
    remedy: "set memory_reservation equal to memory",
  },
  "limit-below-reservation": {
    words: "limit below the reservation",
    numbers: ({ requested, capacity, resource }) => {
      const inWords = resource === "memory" ? inGb : inMhz;
      return requested === undefined || capacity === undefined ? undefined : `${inWords(requested)} reserved, limit ${inWords(capacity)}`;
    },
    remedy: "remove the limit, or raise it to the reservation at least",
  },
  "latency-sensitivity": {
    words: "latency sensitivity without its reservations",
    remedy: "reserve all of its memory and the full clock of its CPUs, or lower latency_sensitivity",
  },
  "memory-limit": { words: "memory limit", remedy: "remove memory_limit" },
};

function inMhz(mhz: number): string {
  return `${mhz} MHz`;
}

function ofRoom(refusal: Refusal, inWords: (amount: number) => string): string | undefined {
  const free = room(refusal);
  if (refusal.requested === undefined || free === undefined) return undefined;
  const [asked, there] = [refusal.requested, Math.max(0, free)].map(inWords);
  // Where the rounded numbers are the same, only the exact ones say why.
  return asked === there ? `${refusal.requested} asked, ${Math.max(0, free)} free` : `${asked} asked, ${there} free`;
}

/** What to free on the host that is the nearest to taking it. */
function makeRoom({ host, requested, used, capacity }: Refusal, what: string, inWords: (amount: number) => string): string {
  const missing = requested === undefined || used === undefined || capacity === undefined ? 0 : used + requested - capacity;
  const where = host === undefined ? "a host with matching devices" : `${host}, or as much on another host with matching devices`;
  return missing > 0 ? `free ${inWords(missing)} ${what} at ${where}, or ask for less` : `free some ${what} at ${where}, or ask for less`;
}

/** The bound that refuses is either; so much of it takes the VM beside what the pool carries at that moment. */
function poolRemedy({ name, resource, requested, used }: Refusal, placeOfPool: PlaceOfPool): string {
  const place = name === undefined ? undefined : placeOfPool(name);
  const at = place === undefined ? "" : ` (${place.file}:${place.line})`;
  const pool = name === undefined ? "the pool" : `pool ${quoted(name)}${at}`;
  const needed = requested === undefined || used === undefined ? undefined : Math.ceil(used + requested);
  const amount = resource === "memory" ? `${needed} MB of memory` : `${needed} MHz of CPU`;
  return `raise the limit of ${pool} (or its reservation, unless it is expandable)${needed === undefined ? "" : ` to ${amount} at least`}`;
}

function ofWhat(requested: number | undefined, capacity: number | undefined, bound: string): string | undefined {
  if (requested === undefined) return undefined;
  return capacity === undefined ? `${requested} asked` : `${requested} asked, ${bound} ${capacity}`;
}

import { counted, listing, ReportCluster, ReportDevice, ReportHost } from "../model";
import { conditionsInWords, faultsInWords, Names, Use, USE_IN_WORDS, useOf } from "../wording";
import { align, shorten, width, wrap } from "./lines";
import { Look } from "./look";

/** From so many hosts on, equal ones share a line. */
const MANY_HOSTS = 16;
/** So many hosts, or groups of equal ones, are drawn. */
const SHOWN_LINES = 40;
const MANY_DEVICES = 16;
const NAME_COLUMNS = 24;
const UNBROKEN = "\u00a0";

const SYMBOLS: Readonly<Record<Use, string>> = { running: "■", placed: "▣", free: "□", stranded: "▨", none: "×" };
const USES = Object.keys(SYMBOLS) as Use[];

type Drawn = Pick<ReportCluster, "hosts">;

/** In an overview of many hosts equal ones are together, whoever holds their devices; in full only those that nobody uses are. */
export type Detail = "overview" | "full";

/** Hosts × devices: one line for each kind of device that a host has, with who holds them. */
export function pictureLines(cluster: Drawn, names: Names, { columns, colours }: Look, detail: Detail = "overview"): readonly string[] {
  const withDevices = cluster.hosts.filter(({ devices }) => devices.length > 0);
  const models = new Set(withDevices.flatMap(({ devices }) => devices.map(({ id }) => names.device(id))));
  const folded = cluster.hosts.length > MANY_HOSTS ? foldEqual(withDevices, names, detail) : withDevices.map((host) => [host]);
  const most = detail === "full" ? folded.length : SHOWN_LINES;
  const shown = folded.slice(0, most);
  const rows = shown.flatMap((hosts) => hostRows(hosts, models.size > 1, names));
  const hidden = folded.slice(most).reduce((total, hosts) => total + hosts.length, 0);
  const empty = cluster.hosts.filter(({ devices }) => devices.length === 0).map(({ name }) => names.host(name));
  return [
    ...align(rows.map(({ cells }) => cells)).flatMap((line, i) => withNote(`  ${line}`, rows[i]!.note, columns)),
    ...(hidden > 0 ? [`  and ${counted(hidden, "more host")} (all of them: --format json)`] : []),
    ...(empty.length > 0 ? wrap(`without devices: ${listing(empty)}`, columns, "  ", "    ") : []),
    ...legend(withDevices, columns).map(colours.dim),
  ];
}

interface HostRow {
  readonly cells: readonly string[];
  /** Who holds the devices, and what is wrong with them. */
  readonly note: readonly string[];
}

function hostRows(hosts: readonly ReportHost[], showModel: boolean, names: Names): readonly HostRow[] {
  const [host] = hosts;
  if (host === undefined) return [];
  const groups = groupDevices(host, names);
  return groups.map(({ model, label, devices }, i) => {
    const kind = [showModel ? model : "", label ?? ""].filter(Boolean).join(" ");
    const name = hosts.length > 1 ? counted(hosts.length, "host") : names.host(host.name);
    const holders = hosts.length > 1 ? foldedNames(hosts, names) : holdersOf(devices, names);
    return {
      cells: [i === 0 ? shorten(name, NAME_COLUMNS) : "", draw(devices), shorten(kind, NAME_COLUMNS)],
      note: [...(i === 0 ? conditionsInWords(host) : []), ...(i === 0 || hosts.length === 1 ? holders : []), ...faultsInWords(devices)],
    };
  });
}

/** As many parts as the line holds, then how many more. */
function withNote(line: string, parts: readonly string[], columns: number): readonly string[] {
  const start = `${line}  `;
  for (let shown = parts.length; shown > 0; shown--) {
    const rest = parts.length - shown;
    const text = start + [...parts.slice(0, shown), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
    if (width(text) <= columns || shown === 1) return [text];
  }
  return [line.trimEnd()];
}

interface DeviceGroup {
  readonly model: string;
  readonly label?: string;
  readonly devices: readonly DrawnDevice[];
}

interface DrawnDevice extends ReportDevice {
  readonly use: Use;
}

function groupDevices({ devices, state }: ReportHost, names: Names): readonly DeviceGroup[] {
  const groups = new Map<string, { model: string; label?: string; devices: DrawnDevice[] }>();
  for (const device of devices) {
    const { label } = device;
    const model = names.device(device.id);
    const key = JSON.stringify([model, label]);
    const group = groups.get(key) ?? { model, ...(label === undefined ? {} : { label }), devices: [] };
    group.devices.push({ ...device, use: useOf(device, state) });
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** One symbol a device, the used ones first; counts where there are many. */
function draw(devices: readonly DrawnDevice[]): string {
  const counts = USES.map((use) => ({ symbol: SYMBOLS[use], amount: devices.filter((device) => device.use === use).length }));
  if (devices.length <= MANY_DEVICES) return counts.map(({ symbol, amount }) => symbol.repeat(amount)).join("");
  return counts.flatMap(({ symbol, amount }) => (amount > 0 ? [`${amount}${symbol}`] : [])).join(" ");
}

function holdersOf(devices: readonly ReportDevice[], names: Names): readonly string[] {
  const counts = new Map<string, number>();
  for (const { vm } of devices) if (vm !== undefined) counts.set(vm, (counts.get(vm) ?? 0) + 1);
  return [...counts].map(([vm, amount]) => shorten(names.vm(vm), NAME_COLUMNS) + (amount > 1 ? ` ×${amount}` : ""));
}

/** Hosts whose devices look the same, in the order of the first of each. */
function foldEqual(hosts: readonly ReportHost[], names: Names, detail: Detail): readonly (readonly ReportHost[])[] {
  const looks = new Map<string, ReportHost[]>();
  for (const host of hosts) {
    const groups = groupDevices(host, names).map(({ model, label, devices }) => [model, label, draw(devices), faultsInWords(devices)]);
    const isOwn = detail === "full" && host.devices.some(({ vm }) => vm !== undefined);
    const look = JSON.stringify([conditionsInWords(host), groups, isOwn ? host.name : ""]);
    const alike = looks.get(look);
    if (alike) alike.push(host);
    else looks.set(look, [host]);
  }
  return [...looks.values()];
}

function foldedNames(hosts: readonly ReportHost[], names: Names): readonly string[] {
  return hosts.map(({ name }) => names.host(name));
}

function legend(hosts: readonly ReportHost[], columns: number): readonly string[] {
  const uses = new Set(hosts.flatMap(({ devices, state }) => devices.map((device) => useOf(device, state))));
  // A meaning is kept on the line of its symbol, by spaces that don't break.
  const parts = USES.filter((use) => uses.has(use)).map((use) => `${SYMBOLS[use]} ${USE_IN_WORDS[use]}`);
  if (parts.length === 0) return [];
  const text = parts.map((part) => part.replaceAll(" ", UNBROKEN)).join("   ");
  return wrap(text, columns, "  ", "  ").map((line) => line.replaceAll(UNBROKEN, " ").trimEnd());
}

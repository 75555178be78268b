import { Data, DataMap, isList, isMap } from "../data";

/** What a plan says of one object's values. */
export interface ValueChange {
  readonly before: DataMap;
  readonly after: DataMap;
  /** True, or the same with true, where the value after is not known. */
  readonly unknown: Data;
}

/** One argument that an update changes; of a nested block that is added or removed there is one for the block itself. */
export interface ChangedArgument {
  /** Without indexes: `memory`, `disk.size`, `clone.customize.dns_server_list`. */
  readonly path: string;
  readonly how: "changed" | "added" | "removed" | "unknown";
  /** Of a nested block, or of an argument in one: the block before and after, with the marks of what is not known of it. */
  readonly block?: { readonly before?: DataMap; readonly after?: DataMap; readonly unknown: Data };
}

/** What tells nested blocks of one kind apart: the provider finds a disk by its label and a network interface by its key. */
const IDENTITY: Readonly<Record<string, string>> = { disk: "label", network_interface: "key", cdrom: "key", video_card: "key" };

/** Every argument whose value is another one afterwards, or is not known. */
export function changedArguments({ before, after, unknown }: ValueChange, isBlock: (path: string) => boolean): readonly ChangedArgument[] {
  return inside("", { before, after, unknown }, isBlock);
}

function inside(prefix: string, { before, after, unknown }: ValueChange, isBlock: (path: string) => boolean): readonly ChangedArgument[] {
  const marked = isMap(unknown) ? Object.keys(unknown) : [];
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...marked]);
  return [...names].flatMap((name): readonly ChangedArgument[] => {
    const path = prefix + name;
    const mark = unknown === true || (isMap(unknown) ? (unknown[name] ?? false) : false);
    if (isBlock(path) && mark !== true) return ofBlocks(path, blocksOf(before[name]), blocksOf(after[name]), mark, isBlock);
    if (holdsTrue(mark)) return [{ path, how: "unknown" }];
    return isSame(before[name], after[name]) ? [] : [{ path, how: "changed" }];
  });
}

function ofBlocks(
  path: string,
  before: readonly DataMap[],
  after: readonly DataMap[],
  marks: Data,
  isBlock: (path: string) => boolean,
): readonly ChangedArgument[] {
  const old = new Map(identified(path, before));
  const changed: ChangedArgument[] = [];
  for (const [at, [id, block]] of identified(path, after).entries()) {
    const was = old.get(id);
    old.delete(id);
    const unknown = (isList(marks) ? marks[at] : marks) ?? false;
    if (was === undefined) {
      changed.push({ path, how: "added", block: { after: block, unknown } });
      continue;
    }
    const both = { before: was, after: block, unknown };
    for (const each of inside(`${path}.`, both, isBlock)) changed.push({ block: both, ...each });
  }
  return [...changed, ...[...old.values()].map((was) => ({ path, how: "removed" as const, block: { before: was, unknown: false } }))];
}

/** Each block with what it is known by: its place where it has nothing of its own, or what another has already. */
function identified(path: string, blocks: readonly DataMap[]): readonly (readonly [string, DataMap])[] {
  const taken = new Set<string>();
  return blocks.map((block, at) => {
    const value = block[IDENTITY[path] ?? ""];
    const own = typeof value === "string" ? value : typeof value === "number" && value > 0 ? `${value}` : "";
    const id = own !== "" && !taken.has(own) ? own : `#${at}`;
    taken.add(id);
    return [id, block] as const;
  });
}

const EMPTY: DataMap = Object.freeze(Object.create(null) as DataMap);

/** Places stay as they are, since marks go by them. */
function blocksOf(data: Data | undefined): readonly DataMap[] {
  if (isMap(data)) return [data];
  return isList(data) ? data.map((each) => (isMap(each) ? each : EMPTY)) : [];
}

/** Whether a value, or some of it, is not known. */
export function holdsTrue(mark: Data): boolean {
  if (isList(mark)) return mark.some(holdsTrue);
  return isMap(mark) ? Object.values(mark).some(holdsTrue) : mark === true;
}

function isSame(before: Data | undefined, after: Data | undefined): boolean {
  return before === after || canonical(before) === canonical(after);
}

/**
 * The same text for the same value. To a provider of this kind one that is not given, null and the zero value of its type are one
 * (`d.Get` of Terraform's plugin SDK), and sets have no order.
 */
function canonical(data: Data | undefined): string {
  if (data === undefined || data === null || data === "" || data === 0 || data === false) return "null";
  if (isList(data)) return data.length === 0 ? "null" : JSON.stringify(data.map(canonical).sort());
  if (!isMap(data)) return JSON.stringify(data);
  const entries = Object.keys(data).map((key) => [key, canonical(data[key])]);
  return entries.length === 0 ? "null" : JSON.stringify(entries.sort(([a], [b]) => (a! < b! ? -1 : 1)));
}

import { CapacityRow, ClusterJudgement, DynamicRequest, listing, matchesIdAndLabel, parsePciId, PLAN_ACTIONS } from "../../model";
import { requestInWords } from "../words/devices-in-words";
import { ClusterFacts, Facts } from "./facts";

export interface Shortage {
  /** `asks for 5 × A100-PCIE-40GB, 3 free devices match`. */
  readonly words: string;
  readonly fix: string;
}

/**
 * Kinds of requests of which the VMs that are to start ask for more than there are free devices: a plain count, which says
 * more than any sequence. Undefined where counting does not explain it, or where VMs of the plan give devices back.
 */
export function shortageOf(facts: Facts, judged: ClusterJudgement): Shortage | undefined {
  const inCluster = facts.clusters.find(({ cluster }) => cluster.name === judged.name);
  if (inCluster === undefined || givesBack(facts, inCluster)) return undefined;
  const demand = new Map<string, { request: DynamicRequest; asked: number }>();
  for (const { requests, count, isRunning } of inCluster.askers) {
    if (isRunning) continue;
    for (const request of requests) {
      const key = requestInWords(request);
      demand.set(key, { request, asked: (demand.get(key)?.asked ?? 0) + count });
    }
  }
  const short = [...demand].flatMap(([words, { request, asked }]) => {
    const free = freeFor(request, judged.capacity);
    return free === undefined || asked <= free ? [] : [{ words, asked, free }];
  });
  if (short.length === 0) return undefined;
  const missing = short.map(({ words, asked, free }) => `${asked - free} × ${words}`);
  const asks = short.map(
    ({ words, asked, free }) => `asks for ${asked} × ${words}, ${free} free ${free === 1 ? "device matches" : "devices match"}`,
  );
  const none = short.some(({ free }) => free === 0) ? `, its hosts have ${whatTheyHave(judged.capacity)}` : "";
  return { words: listing(asks) + none, fix: `add or free ${listing(missing)}, or ask for less` };
}

/** Every kind with its label, free or not: `4 × T4 labelled "Inference"`. */
function whatTheyHave(rows: readonly CapacityRow[]): string {
  const kinds = rows.flatMap(({ id: text, label, total }) => {
    const id = parsePciId(text);
    return id === undefined
      ? []
      : [`${total} × ${requestInWords({ kind: "dynamic", allowed: [id], ...(label !== undefined && { label }) })}`];
  });
  return kinds.length === 0 ? "no devices" : listing(kinds);
}

function givesBack({ plan }: Facts, { vms }: ClusterFacts): boolean {
  const holdsDevices = vms.some(({ running }) => running !== undefined && running.devices.length > 0);
  return holdsDevices || plan.vms.some(({ action }) => !PLAN_ACTIONS[action].stays);
}

function freeFor(request: DynamicRequest, rows: readonly CapacityRow[]): number | undefined {
  let free = 0;
  for (const row of rows) {
    const id = parsePciId(row.id);
    const matches = id && matchesIdAndLabel(request, { id, ...(row.label === undefined ? {} : { label: row.label }) });
    if (matches === undefined) return undefined;
    if (matches) free += row.free;
  }
  return free;
}

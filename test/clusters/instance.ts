import { Cluster, GPU_CATALOGUE, Inventory, parsePciId, PciId, Plan, PlanVm } from "../../lib/model";
import { plan } from "../reference/notation";

/** What the engine is asked: everything that a generator returns. */
export interface Instance {
  readonly plan: Plan;
  readonly inventory: Inventory;
}

export function instance(clusters: readonly Cluster[], vms: readonly PlanVm[]): Instance {
  return { plan: plan(vms), inventory: { files: ["inventory.json"], clusters } };
}

/** The id of a GPU model by its name in the catalogue. */
export function modelId(name: string): PciId {
  const model = GPU_CATALOGUE.find((candidate) => candidate.name === name);
  if (!model) throw new Error(`no such model: ${name}`);
  return parsePciId(model.ids[0]!)!;
}

/** How many devices VMs ask for, of a hundred: the shares that the whole of this folder draws from. */
export const SIZES: readonly (readonly [size: number, share: number])[] = [
  [1, 60],
  [2, 25],
  [4, 10],
  [8, 5],
];

export const GB = 1024;

import { Cluster, ClusterChange, DrsOverride, OverrideSetting, RunningVm } from "../../model";
import { SAME } from "./hosts";
import { Effect, NOTHING, Outcome, Outcomes } from "./outcome";
import { Where, means } from "./which-cluster";

/** Running VMs that an id may be of, which are tried one by one. */
const MOST_CANDIDATES = 8;

/**
 * What an override of the plan, or its deletion, does to a VM that runs: at failover, or where DRS may move it. A VM that power-cycles
 * stays on its host whatever it says.
 */
export function overrideOutcomes(change: ClusterChange, sets: OverrideSetting, cluster: Cluster, where: Where, nameOf: NameOf): Outcomes {
  if (change.action === "none" || means(sets.cluster, cluster, where) === false) return NOTHING;
  // Without HA nothing restarts, in whatever order.
  if (sets.restartPriority && cluster.ha === undefined && change.action === "delete") return NOTHING;
  if (!sets.vm.known) return sets.restartPriority ? { kind: "unknown", why: sets.vm.why, whom: { of: "nobody" } } : NOTHING;
  const { by, text } = sets.vm.value;
  const { vms, maybe } =
    by === "name" ? { vms: cluster.vms.filter(({ name }) => name === nameOf(text)), maybe: false } : withId(text, cluster);
  if (vms.length === 0) return NOTHING;
  if (vms.length > MOST_CANDIDATES) return { kind: "unknown", why: `which VM has the id ${text} is not known`, whom: { of: "nobody" } };
  const setting = settingOf(change, sets);
  if (typeof setting === "object") return { kind: "unknown", why: setting.why, whom: { of: "nobody" } };
  const effects = vms.map(
    (vm): Effect =>
      (before) =>
        withVm(before, vm.name, setting),
  );
  const outcomes = [...effects, ...(maybe ? [SAME] : [])].map((atEnd): Outcome => ({ atPowerOn: SAME, atEnd }));
  return { kind: "known", outcomes, whom: { of: "nobody" } };
}

/** The name that a VM of the plan runs under; of another text itself. */
export type NameOf = (addressOrName: string) => string;

/** Where no VM says that the id is its own, each that says nothing may have it, or one that the inventory does not have. */
function withId(id: string, { vms }: Cluster): { readonly vms: readonly RunningVm[]; readonly maybe: boolean } {
  const found = vms.filter((vm) => vm.uuid === id || vm.id === id);
  return found.length > 0 ? { vms: found, maybe: false } : { vms: vms.filter(({ uuid }) => uuid === undefined), maybe: true };
}

function settingOf(
  { action }: ClusterChange,
  { restartPriority, drsLevel }: OverrideSetting,
): ((vm: RunningVm) => RunningVm) | { readonly why: string } {
  if (restartPriority) {
    if (!restartPriority.known) return { why: restartPriority.why };
    const priority = action === "delete" ? undefined : restartPriority.value;
    return ({ restartPriority: _, ...vm }) => (priority === undefined ? vm : { ...vm, restartPriority: priority });
  }
  if (action === "delete") return ({ drs: _, ...vm }) => vm;
  // What is not known may be that DRS leaves it alone.
  const level = drsLevel?.known ? drsLevel.value : "off";
  const drs: DrsOverride = level === "off" ? { enabled: false, automationLevel: "manual" } : { enabled: true, automationLevel: level };
  return (vm) => ({ ...vm, drs });
}

function withVm(cluster: Cluster, name: string, setting: (vm: RunningVm) => RunningVm): Cluster {
  const vms = cluster.vms.map((vm) => {
    const set = vm.name === name ? setting(vm) : vm;
    return set.restartPriority === vm.restartPriority && JSON.stringify(set.drs) === JSON.stringify(vm.drs) ? vm : set;
  });
  return vms.every((vm, at) => vm === cluster.vms[at]) ? cluster : { ...cluster, vms };
}

import { Cluster, ClusterChange, ClusterSetting, HaSettings, HostRef, Maybe, PlanCluster } from "../../model";
import { SAME, hostIn, inTurn, newMember, undeclaredMembers, withHost, withState } from "./hosts";
import { Effect, NOTHING, Outcome, Outcomes } from "./outcome";
import { Where, means } from "./which-cluster";

type Setting = ClusterSetting & { readonly kind: "cluster" };
type Ways = readonly Effect[] | { readonly why: string };

/** What a `vsphere_compute_cluster` does to a cluster: DRS, HA, and which hosts are its members. */
export function clusterOutcomes(change: ClusterChange, sets: Setting, cluster: Cluster, where: Where): Outcomes {
  const meant = means(sets.ref, cluster, where);
  const { hosts } = sets.cluster;
  if (meant === "maybe") return { kind: "unknown", why: `which cluster it is is not known${sets.ref.known ? "" : `: ${sets.ref.why}`}` };
  if (!meant) return hosts?.known && change.action !== "none" ? takingHosts(hosts.value, cluster) : NOTHING;
  if (change.action === "delete") return { kind: "unknown", why: "it deletes the cluster", whom: { of: "everyone" } };
  const notJudged = change.action === "none" ? [] : sets.cluster.notJudged;
  if (notJudged.length > 0) return { kind: "unknown", why: `what ${notJudged.join(", ")} does is not known` };
  const [drs, ha] = [drsWays(sets.cluster), haWays(sets.cluster, cluster)];
  if ("why" in ha) return { kind: "unknown", why: ha.why };
  const members = memberWays(hosts, cluster, where);
  if ("why" in members) return { kind: "unknown", why: members.why };
  const leaves = membersTaken(hosts, cluster);
  const overrides = overridesEffect(sets.cluster);
  const outcomes = drs.flatMap((setDrs) =>
    ha.flatMap((setHa) =>
      members.ways.map((setMembers): Outcome => {
        const rest = inTurn([setMembers, setHa, overrides]);
        return { atPowerOn: inTurn([setDrs, rest]), atEnd: inTurn([asAutomatedAtMost(setDrs), rest]) };
      }),
    ),
  );
  const fails = !sets.cluster.failoverHosts.known || sets.cluster.failoverHosts.value.length > 0;
  const how =
    leaves || fails
      ? ({ how: "takes hosts" } as const)
      : drs.some((each) => each(cluster) !== cluster)
        ? ({ how: "sets DRS" } as const)
        : {};
  const { onlyIfBest } = members;
  return { kind: "known", outcomes, whom: { of: "everyone" }, ...how, ...(onlyIfBest !== undefined && { onlyIfBest }) };
}

function drsWays({ drsLevel, says }: PlanCluster): readonly Effect[] {
  if (!says.drs) return [SAME];
  // Who is asked: nobody, or DRS. Manual is off, and partly automated as good as fully, to a VM that powers on.
  const levels = drsLevel.known ? [drsLevel.value] : (["off", "fullyAutomated"] as const);
  return levels.map((level): Effect => {
    const enabled = level !== "off";
    return (cluster) => {
      const automationLevel = level === "off" ? cluster.drs.automationLevel : level;
      const isSame = cluster.drs.enabled === enabled && (!enabled || cluster.drs.automationLevel === automationLevel);
      return isSame ? cluster : { ...cluster, drs: { enabled, automationLevel, declared: true } };
    };
  });
}

/** Who placed the VMs has placed them by the end: only whether DRS may still move them counts. */
function asAutomatedAtMost(setDrs: Effect): Effect {
  const isFull = ({ drs }: Cluster): boolean => drs.enabled && drs.automationLevel === "fullyAutomated";
  return (cluster) =>
    !isFull(cluster) || isFull(setDrs(cluster)) ? cluster : { ...cluster, drs: { ...cluster.drs, automationLevel: "partiallyAutomated" } };
}

function haWays(planned: PlanCluster, declared: Cluster): Ways {
  const { haEnabled, monitorsHosts, says } = planned;
  if (!says.ha) return [SAME];
  const [isOn, watches] = [values(haEnabled), values(monitorsHosts)];
  const states = new Set(isOn.flatMap((on) => watches.map((watched) => on && watched)));
  const ways: Effect[] = [];
  for (const on of states) {
    if (!on) ways.push(withoutHa);
    else {
      const ha = haSettings(planned);
      if ("why" in ha) return ha;
      const failover = failoverNames(planned, declared);
      if ("why" in failover) return failover;
      ways.push(inTurn([withHa(ha), withFailoverHosts(failover.names)]));
    }
  }
  return ways;
}

function withoutHa(cluster: Cluster): Cluster {
  if (cluster.ha === undefined) return cluster;
  const { ha: _, ...rest } = cluster;
  return rest;
}

function withHa(ha: HaSettings): Effect {
  return (cluster) => (JSON.stringify(sorted(cluster.ha)) === JSON.stringify(sorted(ha)) ? cluster : { ...cluster, ha });
}

function sorted(ha: HaSettings | undefined): readonly unknown[] {
  return Object.entries(ha ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** As vCenter receives them: the provider sends the percentages as the size of a slot. */
function haSettings(planned: PlanCluster): HaSettings | { readonly why: string } {
  const { hostFailuresToTolerate, admissionControl, defaultRestartPriority, automaticPercentage, explicitSlotSize } = planned;
  const { cpuPercent, memoryPercent } = planned;
  if (!admissionControl.known) return { why: admissionControl.why };
  if (!defaultRestartPriority.known) return { why: defaultRestartPriority.why };
  if (!hostFailuresToTolerate.known) return { why: hostFailuresToTolerate.why };
  const policy = admissionControl.value;
  const common = { admissionControl: policy, defaultRestartPriority: defaultRestartPriority.value };
  const ha = { ...common, hostFailuresToTolerate: hostFailuresToTolerate.value };
  const counts = policy === "resourcePercentage" ? automaticPercentage : policy === "slotPolicy" ? explicitSlotSize : undefined;
  if (counts === undefined) return ha;
  if (!counts.known) return { why: counts.why };
  if (counts.value === (policy === "resourcePercentage")) return ha;
  if (!cpuPercent.known) return { why: cpuPercent.why };
  if (!memoryPercent.known) return { why: memoryPercent.why };
  return policy === "resourcePercentage"
    ? { ...ha, cpuPercent: cpuPercent.value, memoryPercent: memoryPercent.value }
    : { ...ha, slotCpuMhz: cpuPercent.value, slotMemoryMb: memoryPercent.value };
}

function failoverNames(
  { admissionControl, failoverHosts }: PlanCluster,
  cluster: Cluster,
): { readonly names: ReadonlySet<string> } | { readonly why: string } {
  if (!admissionControl.known || admissionControl.value !== "failoverHosts") return { names: new Set() };
  if (!failoverHosts.known) return { why: failoverHosts.why };
  const names = new Set<string>();
  for (const ref of failoverHosts.value) {
    const host = hostIn([ref], cluster);
    if (host !== undefined && "why" in host) return host;
    if (host) names.add(host.name);
  }
  return { names };
}

function withFailoverHosts(names: ReadonlySet<string>): Effect {
  return (cluster) => {
    if (cluster.hosts.every((host) => host.failover === names.has(host.name))) return cluster;
    return { ...cluster, hosts: cluster.hosts.map((host) => ({ ...host, failover: names.has(host.name) })) };
  };
}

function overridesEffect({ vmOverrides }: PlanCluster): Effect {
  if (!vmOverrides.known || vmOverrides.value) return SAME;
  return (cluster) => {
    if (cluster.vms.every(({ drs }) => drs === undefined)) return cluster;
    return { ...cluster, vms: cluster.vms.map(({ drs: _, ...vm }) => vm) };
  };
}

/** Members that are added come first, as the provider has it. */
function memberWays(hosts: Maybe<readonly HostRef[]> | undefined, cluster: Cluster, where: Where): MemberWays | { readonly why: string } {
  if (hosts === undefined) return { ways: [SAME] };
  if (!hosts.known) return { why: `which hosts it has is not known: ${hosts.why}` };
  const stay = new Set<string>();
  const effects: Effect[] = [];
  const undeclared: string[] = [];
  let onlyIfBest: string | undefined;
  for (const ref of hosts.value) {
    const host = hostIn([ref], cluster);
    if (host !== undefined && "why" in host) return host;
    if (host) {
      stay.add(host.name);
      continue;
    }
    const joining = newMember([ref], cluster, where.inventory);
    if (!("why" in joining)) effects.push(withHost(joining));
    else if (joining.undeclared === undefined) return joining;
    else {
      undeclared.push(joining.undeclared);
      onlyIfBest ??= joining.why;
    }
  }
  const leaving = cluster.hosts.filter(({ name }) => !stay.has(name)).map(({ name }) => withState(name, "maintenance"));
  const declared = inTurn([...effects, ...leaving]);
  if (onlyIfBest === undefined) return { ways: [declared] };
  return { ways: undeclaredMembers(undeclared, cluster).map((added) => inTurn([declared, added])), onlyIfBest };
}

interface MemberWays {
  readonly ways: readonly Effect[];
  readonly onlyIfBest?: string;
}

function membersTaken(hosts: Maybe<readonly HostRef[]> | undefined, cluster: Cluster): boolean {
  if (!hosts?.known) return false;
  const stay = new Set(hosts.value.map((ref) => hostIn([ref], cluster)));
  return cluster.hosts.some((host) => !stay.has(host));
}

/** Another cluster's members: those that this one has leave it. */
function takingHosts(refs: readonly HostRef[], cluster: Cluster): Outcomes {
  const taken = refs.flatMap((ref) => {
    const host = hostIn([ref], cluster);
    return host === undefined || "why" in host ? [] : [host];
  });
  if (taken.length === 0) return NOTHING;
  const effect = inTurn(taken.map(({ name }) => withState(name, "maintenance")));
  return { kind: "known", outcomes: [{ atPowerOn: effect, atEnd: effect }], whom: { of: "everyone" }, how: "takes hosts" };
}

function values(value: Maybe<boolean>): readonly boolean[] {
  return value.known ? [value.value] : [false, true];
}

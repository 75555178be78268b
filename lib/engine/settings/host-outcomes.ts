import { Cluster, ClusterChange, Host, HostSetting, HostState, Maybe } from "../../model";
import { hostIn, inTurn, newMember, undeclaredMembers, withHost, withState } from "./hosts";
import { NOTHING, Outcomes, always } from "./outcome";
import { Where, means } from "./which-cluster";

/** What a `vsphere_host` does to the cluster: its host leaves or joins, takes no VM any more, or takes VMs again. */
export function hostOutcomes(change: ClusterChange, sets: HostSetting, cluster: Cluster, where: Where): Outcomes {
  const { action } = change;
  const joins = sets.cluster === undefined ? false : whether(sets.cluster, cluster, where);
  if (!sets.host.known) {
    const mayBeHere = joins !== false && action !== "none";
    return mayBeHere ? { kind: "unknown", why: `which host it is is not known: ${sets.host.why}` } : NOTHING;
  }
  const host = hostIn(sets.host.value, cluster);
  if (host !== undefined && "why" in host) return action === "none" || joins === false ? NOTHING : { kind: "unknown", why: host.why };
  if (host === undefined) return joins === false || action === "none" || action === "delete" ? NOTHING : joining(sets, cluster, where);
  if (action === "delete") return leaving(host, "disconnected");
  if (joins === "maybe") return { kind: "unknown", why: `which cluster it puts the host "${host.name}" into is not known` };
  if (sets.cluster !== undefined && !joins) return leaving(host, "maintenance");
  return staying(sets, host);
}

/** A reference to no cluster at all means none. A host may go to a cluster that is not declared, so that none is assumed. */
function whether(ref: NonNullable<HostSetting["cluster"]>, cluster: Cluster, where: Where): boolean | "maybe" {
  if (!ref.known) return "maybe";
  return ref.value === undefined ? false : means({ known: true, value: ref.value }, cluster, where);
}

function joining(sets: HostSetting, cluster: Cluster, where: Where): Outcomes {
  const host = newMember(sets.host.known ? sets.host.value : [], cluster, where.inventory);
  if ("why" in host) {
    if (host.undeclared === undefined) return { kind: "unknown", why: host.why };
    const outcomes = undeclaredMembers([host.undeclared], cluster).map(always);
    return { kind: "known", outcomes, whom: { of: "everyone" }, onlyIfBest: host.why };
  }
  const states = statesOf(sets, host);
  const outcomes = states.map((state) => always(inTurn([withHost(host), withState(host.name, state)])));
  return { kind: "known", outcomes, whom: { of: "everyone" } };
}

function leaving({ name }: Host, state: HostState): Outcomes {
  return { kind: "known", outcomes: [always(withState(name, state))], whom: { of: "everyone" }, how: "takes hosts" };
}

function staying(sets: HostSetting, host: Host): Outcomes {
  const states = statesOf(sets, host);
  return {
    kind: "known",
    outcomes: states.map((state) => always(withState(host.name, state))),
    whom: { of: "everyone" },
    ...(states.some((state) => state !== "connected") && { how: "takes hosts" }),
  };
}

/** The states that it may come to. Nothing is said of standby. */
function statesOf({ connected, maintenance }: HostSetting, { state }: Host): readonly HostState[] {
  const wasConnected = state !== "disconnected";
  const wasIn = state === "maintenance" || state === "entering-maintenance";
  const states = valuesOf(connected, wasConnected).flatMap((isConnected) =>
    valuesOf(maintenance, wasIn).map((isIn): HostState => {
      if (!isConnected) return "disconnected";
      if (isIn) return wasIn ? state : "maintenance";
      return state === "standby" ? state : "connected";
    }),
  );
  return [...new Set(states)];
}

function valuesOf(value: Maybe<boolean> | undefined, now: boolean): readonly boolean[] {
  if (value === undefined) return [now];
  return value.known ? [value.value] : [false, true];
}

import { Cluster, Host, HostRef, HostState, Inventory, hostOf } from "../../model";
import { Effect } from "./outcome";

export const SAME: Effect = (cluster) => cluster;

/** The host is no member any more, or takes no VM: to the cluster this is one. */
export function withState(name: string, state: HostState): Effect {
  return (cluster) => {
    const host = cluster.hosts.find((each) => each.name === name);
    if (host === undefined || host.state === state) return cluster;
    return { ...cluster, hosts: cluster.hosts.map((each) => (each === host ? { ...host, state } : each)) };
  };
}

export function withHost(host: Host): Effect {
  return (cluster) => (cluster.hosts.some(({ name }) => name === host.name) ? cluster : { ...cluster, hosts: [...cluster.hosts, host] });
}

export function inTurn(effects: readonly Effect[]): Effect {
  return (cluster) => effects.reduce((before, effect) => effect(before), cluster);
}

/** The host that one of the references means; `why` where that is not known. */
export function hostIn(refs: readonly HostRef[], cluster: Cluster): Host | undefined | { readonly why: string } {
  let why: string | undefined;
  for (const ref of refs) {
    const host = hostOf(ref, cluster);
    if (host.known && host.value) return host.value;
    if (!host.known) why ??= host.why;
    // All hosts have ids, and it is none of these: its name does not matter.
    else if (ref.by === "id") return undefined;
  }
  const byName = refs.some(({ by }) => by === "name");
  return why === undefined || byName ? undefined : { why };
}

/** A host that is put into a cluster from another one of the inventory, empty; `why` where it is not known what it brings. */
export function newMember(refs: readonly HostRef[], cluster: Cluster, { clusters }: Inventory): Host | { readonly why: string } {
  for (const other of clusters) {
    if (other === cluster) continue;
    const host = hostIn(refs, other);
    if (host === undefined || "why" in host) continue;
    const holder = other.vms.find((vm) => vm.host === host.name && vm.devices.length > 0);
    if (holder) return { why: `it moves the host "${host.name}", where "${holder.name}" runs with devices` };
    return { ...host, state: "connected" };
  }
  const named = refs.map((ref) => (ref.by === "name" ? ref.name : ref.id)).at(-1) ?? "";
  return { why: `it puts a host into the cluster that the inventory does not declare (${named})` };
}

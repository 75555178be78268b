import { Cluster, Host, HostRef, HostState, Inventory, PciAddress, hostOf } from "../../model";
import { compareReleases } from "../constraints/compatibility";
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

/** A host that is put into a cluster. `undeclared`: the inventory does not have it. */
export type NewMember = Host | { readonly why: string; readonly undeclared?: string };

/** A host that is put into a cluster from another one of the inventory, empty; `why` where it is not known what it brings. */
export function newMember(refs: readonly HostRef[], cluster: Cluster, { clusters }: Inventory): NewMember {
  for (const other of clusters) {
    if (other === cluster) continue;
    const host = hostIn(refs, other);
    if (host === undefined || "why" in host) continue;
    const holder = other.vms.find((vm) => vm.host === host.name && vm.devices.length > 0);
    if (holder) return { why: `it moves the host "${host.name}", where "${holder.name}" runs with devices` };
    return { ...host, state: "connected" };
  }
  const named = refs.map((ref) => (ref.by === "name" ? ref.name : ref.id)).at(-1) ?? "";
  return { why: `it puts a host into the cluster that the inventory does not declare (${named})`, undeclared: named };
}

/**
 * What hosts that nothing declares can be to a cluster, at the most and the least: none that counts, one that can take no VM, which is
 * found out too late where hosts are picked before that is looked at, and one that can take all that the others can.
 */
export function undeclaredMembers(names: readonly string[], { hosts, source }: Cluster): readonly Effect[] {
  const esxi = hosts.map((host) => host.esxi).reduce((a, b) => (compareReleases(a, b) < 0 ? b : a), "");
  const state: HostState = "connected";
  const bare = { esxi, cpuMhz: 0, memoryMb: 0, state, failover: false, rebindWithoutReboot: false, devices: [], source };
  const [cpuMhz, memoryMb] = [sum(hosts.map((host) => host.cpuMhz)), sum(hosts.map((host) => host.memoryMb))];
  const versions = new Set(hosts.flatMap(({ hardwareVersions = [] }) => hardwareVersions));
  const devices = hosts.flatMap((host) => host.devices).map((device, at) => ({ ...device, address: addressOf(at) }));
  const large = { ...bare, cpuMhz, memoryMb, devices, ...(versions.size > 0 && { hardwareVersions: [...versions] }) };
  return [SAME, ...[bare, large].map((host) => inTurn(names.map((name) => withHost({ ...host, name: nameBeside(name, hosts) }))))];
}

/** Tells its devices apart; nothing shows them. */
function addressOf(at: number): PciAddress {
  return `undeclared-${String(at).padStart(6, "0")}` as PciAddress;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function nameBeside(name: string, hosts: readonly Host[]): string {
  return hosts.some((host) => host.name === name) ? nameBeside(`${name}'`, hosts) : name;
}

import { Host, HostState, quoted } from "../../model";
import { HostChange } from "./change";
import { leaveOutRunning, restartElsewhere } from "./change-vms";
import { Asked, cannot, findCluster, findHost, withCluster } from "./find";

type TakenAway = Extract<HostChange, { kind: "fail-host" | "drain-host" }>;

export function takeAway(asked: Asked, change: TakenAway, state: HostState): Asked {
  const { cluster, host } = findHost(asked, change);
  const here = cluster.vms.filter((vm) => vm.host === host.name);
  const vacate = change.vms === "restart" ? restartElsewhere : leaveOutRunning;
  const vacated = here.reduce((before, vm) => vacate(before, findCluster(before, cluster.name), vm, cluster.vms), asked);
  const hosts = cluster.hosts.map((each) => (each === host ? { ...each, state } : each));
  return withCluster(vacated, cluster, { hosts });
}

export function addHost(asked: Asked, clusterName: string, host: Host): Asked {
  const cluster = findCluster(asked, clusterName);
  const { hosts } = cluster;
  if (hosts.some(({ name }) => name === host.name)) {
    throw cannot(cluster.source, `cluster ${quoted(cluster.name)} has a host ${quoted(host.name)} already`);
  }
  const twin = host.id === undefined ? undefined : hosts.find(({ id }) => id === host.id);
  if (twin) throw cannot(cluster.source, `host ${quoted(twin.name)} has the id ${quoted(host.id!)} already`);
  return withCluster(asked, cluster, { hosts: [...hosts, host] });
}

export function copyHost(asked: Asked, change: Extract<HostChange, { kind: "copy-host" }>): Asked {
  const { cluster, host } = findHost(asked, change);
  const { id, ...rest } = host;
  // No reference means a host that does not exist yet: without an id of its own, every reference by id might.
  const own = id === undefined ? {} : { id: `copy of ${id}: ${change.name}` };
  return addHost(asked, cluster.name, { ...rest, ...own, name: change.name });
}

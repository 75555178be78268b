import { Cluster, Device, Host, InputError, Inventory, nearMiss, parsePciAddress, Plan, quoted, Source } from "../../model";

/** What a question is asked about. */
export interface Asked {
  readonly plan: Plan;
  readonly inventory: Inventory;
}

export function findCluster({ inventory }: Asked, name: string): Cluster {
  const { clusters } = inventory;
  const found = clusters.find((cluster) => cluster.name === name);
  if (!found) throw cannot(inventory, `there is no cluster ${quoted(name)}${meant(name, namesOf(clusters))}`);
  return found;
}

/** The host of that name, in the cluster that is named, or in the only one that has it. */
export function findHost(asked: Asked, { host: name, cluster }: { readonly host: string; readonly cluster?: string }): HostIn {
  const clusters = cluster === undefined ? asked.inventory.clusters : [findCluster(asked, cluster)];
  const found = clusters.flatMap((each) => each.hosts.flatMap((host) => (host.name === name ? [{ cluster: each, host }] : [])));
  const [first, ...others] = found;
  if (!first) {
    const where = cluster === undefined ? "" : ` in cluster ${quoted(cluster)}`;
    throw cannot(
      asked.inventory,
      `there is no host ${quoted(name)}${where}${meant(name, namesOf(clusters.flatMap(({ hosts }) => hosts)))}`,
    );
  }
  if (others.length > 0) throw cannot(asked.inventory, `several clusters have a host ${quoted(name)}: name the cluster`);
  return first;
}

interface HostIn {
  readonly cluster: Cluster;
  readonly host: Host;
}

export function findDevice({ devices, name, source }: Host, address: string): Device {
  const parsed = parsePciAddress(address);
  const found = devices.find((device) => device.address === parsed);
  if (!found) {
    const known = devices.map((device) => device.address);
    throw cannot(source, `host ${quoted(name)} has no device ${quoted(address)}${meant(address, known)}`);
  }
  return found;
}

/** What can't be done, at the place in the inventory that it is about. */
export function cannot(at: Source | Inventory, message: string): InputError {
  return InputError.at("files" in at ? { file: at.files.join(", ") } : at, message);
}

/** `; did you mean "esx-05.lab"?`, where a name is near. */
export function meant(name: string, known: Iterable<string>): string {
  const near = nearMiss(name, known);
  return near === undefined ? "" : `; did you mean ${quoted(near)}?`;
}

export function namesOf(named: readonly { readonly name: string }[]): readonly string[] {
  return named.map(({ name }) => name);
}

/** The other clusters stay the same objects: their questions are not asked again. */
export function withCluster(asked: Asked, { name }: Cluster, changed: Partial<Cluster>): Asked {
  const clusters = asked.inventory.clusters.map((each) => (each.name === name ? { ...each, ...changed } : each));
  return { ...asked, inventory: { ...asked.inventory, clusters } };
}

import { Cluster, ExistingVm, groupBy, isSameServer, Mistake, quoted, Source, vcenterOf } from "../model";

/**
 * Identifiers that two clusters of one vCenter share, which gives each once. Two that don't both say their vCenter may be in two of
 * them. Within a cluster the readers of its parts look for the same.
 */
export function sharedIds(clusters: readonly Cluster[]): readonly Mistake[] {
  const used = groupBy(clusters.flatMap(usesIn), ({ kind, id }) => JSON.stringify([kind, id.toLowerCase()]));
  return [...used.values()].flatMap((uses) => {
    const [first, ...others] = uses;
    const second = others.find(({ cluster }) => cluster !== first!.cluster && areInOne(cluster, first!.cluster));
    return first === undefined || second === undefined ? [] : [mistake(second, first)];
  });
}

interface Use {
  readonly cluster: Cluster;
  /** `uuid`, `pool id`: what it is. */
  readonly kind: string;
  readonly id: string;
  readonly of: string;
  readonly source: Source;
}

function usesIn(cluster: Cluster): readonly Use[] {
  const use = (kind: string, id: string | undefined, of: string, source: Source): readonly Use[] =>
    id === undefined ? [] : [{ cluster, kind, id, of, source }];
  const ofVm = ({ id, uuid, name, source }: ExistingVm): readonly Use[] => [
    ...use("VM id", id, `vm ${quoted(name)}`, source),
    // Copies of a VM can really have one uuid.
    ...(cluster.origin ? [] : use("VM uuid", uuid, `vm ${quoted(name)}`, source)),
  ];
  return [
    ...use("cluster id", cluster.id, `cluster ${quoted(cluster.name)}`, cluster.source),
    ...use("pool id", cluster.resourcePoolId, `the root pool of cluster ${quoted(cluster.name)}`, cluster.source),
    ...cluster.resourcePools.flatMap(({ id, name, source }) => use("pool id", id, `resource_pool ${quoted(name)}`, source)),
    ...cluster.hosts.flatMap(({ id, name, source }) => use("host id", id, `host ${quoted(name)}`, source)),
    ...[...cluster.vms, ...(cluster.poweredOff ?? [])].flatMap(ofVm),
  ];
}

function areInOne(a: Cluster, b: Cluster): boolean {
  const [first, second] = [vcenterOf(a), vcenterOf(b)];
  return first !== undefined && second !== undefined && isSameServer(first, second) === true;
}

function mistake({ kind, id, of, cluster, source }: Use, first: Use): Mistake {
  const there = `${first.of} of the same vCenter at ${first.source.file}:${first.source.line}`;
  return { ...source, message: `${kind} ${quoted(id)} of ${of} is that of ${there}, too: ${quoted(vcenterOf(cluster)!)} gives each once` };
}

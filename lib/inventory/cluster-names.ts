import { areApart, Cluster, groupBy, Mistake, quoted, Site, vcenterOf } from "../model";

/** Clusters of one name that are told apart: each is held against each. */
const MOST_OF_A_NAME = 200;

/**
 * Tells clusters of one name apart by their vCenter and datacenter: each is named by the shortest of `name`, `datacenter/name` and
 * `vcenter/datacenter/name` that no other has. Those that can't be told apart are mistakes.
 */
export function tellApart(clusters: readonly Cluster[]): { readonly clusters: readonly Cluster[]; readonly mistakes: readonly Mistake[] } {
  const namesakes = groupBy(clusters, ({ name }) => name);
  const inOneDatacenter = groupBy(clusters, inDatacenter);
  const named = clusters.map((cluster): Cluster => {
    if (namesakes.get(cluster.name)!.length === 1) return cluster;
    const short = inDatacenter(cluster);
    const vcenter = vcenterOf(cluster);
    const isShort = vcenter === undefined || (cluster.datacenter !== undefined && inOneDatacenter.get(short)!.length === 1);
    return { ...cluster, name: isShort ? short : `${vcenter}/${short}`, ownName: cluster.name };
  });
  const mistakes = [...namesakes.values()].flatMap(mistakesAmong);
  // A name may look like another's datacenter and name.
  const alike = [...groupBy(named, ({ name }) => name).values()].flatMap(([first, second]) =>
    first && second ? [twice(second, first)] : [],
  );
  return { clusters: named, mistakes: mistakes.length > 0 ? mistakes : alike };
}

function mistakesAmong(namesakes: readonly Cluster[]): readonly Mistake[] {
  const further = namesakes[MOST_OF_A_NAME];
  if (further !== undefined) {
    return [{ ...further.source, message: `there are more than ${MOST_OF_A_NAME} clusters called ${quoted(further.name)}` }];
  }
  return namesakes.flatMap((cluster, at) => {
    const same = namesakes.slice(0, at).find((other) => !areApart(siteOf(other), siteOf(cluster)));
    return same === undefined ? [] : [twice(cluster, same)];
  });
}

function siteOf(cluster: Cluster): Site {
  const { datacenter } = cluster;
  const vcenter = vcenterOf(cluster);
  return {
    ...(vcenter !== undefined && { vcenter: { text: vcenter, isPart: false } }),
    ...(datacenter !== undefined && { datacenter }),
  };
}

function inDatacenter({ name, datacenter }: Cluster): string {
  return datacenter === undefined ? name : `${datacenter.replace(/^\/+|\/+$/g, "")}/${name}`;
}

function twice(cluster: Cluster, first: Cluster): Mistake {
  const message = `cluster ${quoted(cluster.name)} is declared twice, first at ${first.source.file}:${first.source.line}`;
  const saysWhere = [cluster, first].some((each) => vcenterOf(each) !== undefined || each.datacenter !== undefined);
  const hint = saysWhere ? "; if they are two, the vcenter or the datacenter of both has to say so" : "";
  return { ...cluster.source, message: message + hint };
}

import { HostRef, HostSetting, known, Maybe, unknown } from "../../model";
import { Attributes, textOf } from "./attributes";
import { clusterById } from "./places";
import { orAbsent, vcenterOf } from "./site";

/** Reads one `vsphere_host`. A stack's leaves the provider to fill in what it does not say; a plan says it all. */
export function readHost(host: Attributes, isPlanned: boolean): HostSetting {
  const cluster = clusterOf(host, isPlanned);
  const connected = host.bool("connected") ?? (isPlanned ? undefined : known(true));
  const maintenance = host.bool("maintenance") ?? (isPlanned ? undefined : known(false));
  return {
    kind: "host",
    host: hostOf(host),
    ...(cluster !== undefined && { cluster }),
    ...(connected !== undefined && { connected }),
    ...(maintenance !== undefined && { maintenance }),
  };
}

function hostOf(host: Attributes): Maybe<readonly HostRef[]> {
  const id = textOf(host.instance.block.body["id"] === undefined ? null : host.instance.attribute("id"));
  const site = orAbsent(vcenterOf(host.instance));
  const byId: readonly HostRef[] = id?.known ? [{ by: "id", id: id.value, ...site }] : [];
  const name = host.text("hostname");
  if (name?.known) return known([...byId, { by: "name", name: name.value, ...site }]);
  return byId.length > 0 ? known(byId) : unknown(name?.why ?? "hostname is not set");
}

/** Where the cluster says which hosts it has, the host says nothing. */
function clusterOf(host: Attributes, isPlanned: boolean): HostSetting["cluster"] {
  const managed = host.bool("cluster_managed");
  const value = host.value("cluster");
  if (managed?.known && managed.value) return undefined;
  if (value !== undefined) return clusterById(value).cluster;
  // A plan that has the argument without a value leaves the host outside of all clusters.
  return isPlanned && "cluster" in host.instance.block.body ? known(undefined) : undefined;
}

import { Host, parsePciAddress, quoted } from "../model";
import { ClusterText, HostText } from "../schema";
import { Context } from "./context";
import { HOST } from "./defaults";
import { given } from "./given";
import { devicesOf } from "./devices";
import { missing } from "./shared-devices";

/** A cluster's hosts, ranges expanded: every host of a range has the same block, and so the same devices. */
export function hostsOf(cluster: ClusterText, context: Context): readonly Host[] {
  const hosts = new Map<string, Host>();
  const ids = new Set<string>();
  for (const text of cluster.hosts ?? []) {
    const names = context.names(text.name, text, "name");
    context.refuseShared(text, "id", names.length, "host", ids);
    const tooMany = context.budget.spend("hosts", names.length);
    if (tooMany !== undefined) {
      context.mistake(text, "name", tooMany);
      break;
    }
    const block = hostOf(text, names.length, context);
    if (!context.isWhole(text, "devices", text.devices)) names.forEach((name) => context.hostsWithGaps.add(name));
    refuseOddModules(text, { ...block, name: names[0] ?? text.name }, context);
    const twice = names.find((name) => hosts.has(name));
    if (twice !== undefined) context.mistake(text, "name", `host ${quoted(twice)} is declared twice in cluster ${quoted(cluster.name)}`);
    for (const name of names) hosts.set(name, { ...block, name });
  }
  const dedicated = new Set(
    cluster.ha?.failover_hosts ? knownHosts(cluster.ha.failover_hosts, "failover_hosts", cluster, hosts, context) : [],
  );
  return [...hosts.values()].map((host) => (dedicated.has(host.name) ? { ...host, failover: true } : host));
}

/** The hosts that a list names, ranges expanded; those that the cluster does not have are mistakes. */
export function knownHosts(
  list: readonly string[],
  where: string,
  cluster: ClusterText,
  hosts: ReadonlyMap<string, Host>,
  context: Context,
): readonly string[] {
  return list.flatMap((entry, index) => {
    const names = context.names(entry, list, index);
    const missing = names.find((name) => !hosts.has(name));
    if (missing !== undefined && context.isWhole(cluster, "hosts", cluster.hosts)) {
      context.mistake(list, index, `host ${quoted(missing)} of ${where} is not declared${context.hint(missing, hosts.keys())}`);
    }
    return names;
  });
}

function hostOf(text: HostText, hosts: number, context: Context): Host {
  return given({
    name: text.name,
    id: text.id,
    esxi: text.esxi,
    cpuMhz: text.cpu_mhz,
    cpuCoreMhz: text.cpu_core_mhz,
    memoryMb: text.memory_mb,
    state: text.state ?? HOST.state,
    failover: text.failover ?? HOST.failover,
    rebindWithoutReboot: text.rebind_without_reboot ?? HOST.rebindWithoutReboot,
    faultDomain: text.fault_domain,
    datastores: text.datastores,
    networks: text.networks,
    hardwareVersions: text.hardware_versions,
    nvswitch: text.nvswitch && nvswitchOf(text.nvswitch),
    devices: devicesOf(text, hosts, context),
    source: context.source(text),
  });
}

/** The GPUs of a board are devices of its host, each once. */
function refuseOddModules({ nvswitch }: HostText, host: Host, context: Context): void {
  const modules = context.isPulled ? [] : (nvswitch?.modules ?? []);
  const addresses = modules.map((text) => parsePciAddress(text)!);
  addresses.forEach((address, at) => {
    const wrong = addresses.indexOf(address) < at ? "stands there already" : missing(address, host, context);
    if (wrong !== undefined) context.mistake(modules, at, `device ${quoted(address)} of nvswitch ${wrong}`);
  });
}

function nvswitchOf({ modules }: NonNullable<HostText["nvswitch"]>): NonNullable<Host["nvswitch"]> {
  return given({ modules: modules?.map((address) => parsePciAddress(address)!) });
}

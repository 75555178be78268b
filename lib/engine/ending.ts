import { Cluster, ClusterJudgement, Device, Failover, Host, Placement, PowerOn, deviceKey, hostsAtEnd } from "../model";
import { Batch } from "./compile/batch";
import { AfterFailure, capacityRows } from "./witness/capacity";
import { Witness } from "./witness/sequences";

/** How the outcome that is drawn ends. */
export interface Ending {
  readonly placements: readonly Placement[];
  /** The device changes that don't take effect, by id. */
  readonly refused: ReadonlySet<string>;
  /** What is left after the worst failure from there on, where that is known. */
  readonly worst?: AfterFailure;
}

/** The hosts as they end, and what is counted from them: where no outcome has everything on, the running VMs alone are there. */
export function atEnd(
  { powerOn, failover, ending }: { readonly powerOn: PowerOn; readonly failover: Failover; readonly ending: Ending },
  batch: Batch,
): Pick<ClusterJudgement, "capacity" | "hosts"> {
  const { placements, refused } = powerOn.succeeding ? ending : runningEnding(batch);
  // What is free after the worst failure is told of one that is named.
  const after = failover.worst && ending.worst;
  const stranded = failover.worst && failover.worst.off.length > 0 ? ending.worst?.stranded : undefined;
  const hosts = hostsAtEnd(changedHosts(batch, refused), placements, stranded);
  return { capacity: capacityRows(hosts, after), hosts };
}

/** A world's cluster, with the sub-ids that the inventory declares and not those that the world supposes. */
export function withDeclaredIds(cluster: Cluster, declared: Cluster): Cluster {
  const ids = new Map(declared.hosts.flatMap(({ name, devices }) => devices.map(({ address, id }) => [deviceKey(name, address), id])));
  const asDeclared = (host: Host, device: Device): Device => {
    const id = ids.get(deviceKey(host.name, device.address)) ?? device.id;
    return id === device.id ? device : { ...device, id };
  };
  return { ...cluster, hosts: cluster.hosts.map((host) => ({ ...host, devices: host.devices.map((device) => asDeclared(host, device)) })) };
}

/** The hosts with the device changes that take effect. */
function changedHosts({ cluster, deviceEvents }: Batch, refused: ReadonlySet<string>): readonly Host[] {
  const applied = deviceEvents.filter(({ id }) => !refused.has(id));
  if (applied.length === 0) return cluster.hosts;
  const changed = new Map(applied.map((event) => [deviceKey(event.host, event.device.address), event.changed]));
  const asItEnds = (host: Host, device: Device): Device => changed.get(deviceKey(host.name, device.address)) ?? device;
  return cluster.hosts.map((host) => ({ ...host, devices: host.devices.map((device) => asItEnds(host, device)) }));
}

/** The running VMs where they are, and nothing else happens. */
export function runningEnding(batch: Batch): Ending {
  return { placements: runningPlacements(batch), refused: disablingHeld(batch) };
}

export function runningPlacements({ occupants }: Batch): Placement[] {
  return occupants.map(({ vm, spec }) => ({ vm: spec.id, host: vm.host, devices: vm.devices, running: true }));
}

export function drawnEnding({ placements, changed, refused }: Witness, batch: Batch): Ending {
  return { placements, refused: new Set([...[...disablingHeld(batch)].filter((id) => !changed.has(id)), ...refused]) };
}

/** Device changes that disable what is held from the start are refused and change nothing, unless it is released before (O6): by id. */
function disablingHeld({ deviceEvents, occupants }: Batch): ReadonlySet<string> {
  const held = new Set(occupants.flatMap(({ vm }) => vm.devices.map((address) => deviceKey(vm.host, address))));
  const disabling = deviceEvents.filter(({ changed }) => changed.passthrough === "disabled");
  return new Set(disabling.filter(({ host, device }) => held.has(deviceKey(host, device.address))).map(({ id }) => id));
}

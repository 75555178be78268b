import { Cluster, Device, DynamicRequest, Host, known, matchesIdAndLabel, PciId, PlanVm, RunningVm } from "../../lib/model";
import { address, cluster, ha, hosts, running, vm } from "../reference/notation";
import { defined } from "../reference/defined";

/** A host with its devices in the order of their addresses. */
export interface HostShape {
  readonly cpuMhz: number;
  readonly memoryMb: number;
  readonly devices: readonly DeviceShape[];
}

export interface DeviceShape {
  readonly id: PciId;
  readonly label?: string | undefined;
}

/** A VM that asks for `count` devices alike. */
export interface VmShape {
  readonly count: number;
  readonly allowed: readonly PciId[];
  readonly label?: string | undefined;
  readonly memoryMb: number;
  readonly cpuMhz: number;
}

interface Room {
  readonly host: Host;
  readonly free: Set<number>;
  memoryMb: number;
  cpuMhz: number;
  vms: number;
}

/** A cluster while it is drawn: VMs are put to run on its hosts, or left to the stack to create. */
export class ClusterDraft {
  private readonly rooms: readonly Room[];
  private readonly running: RunningVm[] = [];
  readonly created: PlanVm[] = [];

  constructor(
    readonly name: string,
    shapes: readonly HostShape[],
  ) {
    this.rooms = shapes.map((shape, index) => {
      const host = hostOf(`${name}-h${String(index + 1).padStart(2, "0")}`, shape);
      return { host, free: new Set(host.devices.keys()), memoryMb: host.memoryMb, cpuMhz: host.cpuMhz, vms: 0 };
    });
  }

  /** Runs it where it leaves fewest matching devices (without devices: where fewest VMs run); false where it fits nowhere. */
  run(name: string, shape: VmShape): boolean {
    const requests = requestsOf(shape);
    const [request] = requests;
    const free = (room: Room): number[] =>
      request === undefined ? [] : [...room.free].filter((place) => matchesIdAndLabel(request, room.host.devices[place]!) === true);
    const vm = running(name, "", [], { memoryMb: shape.memoryMb, ...(shape.count > 0 ? { memoryReservationMb: shape.memoryMb } : {}) });
    const overheadMb = shape.count > 0 ? 1024 : vm.overheadMb;
    const needed = vm.memoryReservationMb + overheadMb;
    let best: { readonly room: Room; readonly places: readonly number[]; readonly rank: number } | undefined;
    for (const room of this.rooms) {
      const places = free(room);
      if (places.length < shape.count || room.memoryMb < needed || room.cpuMhz < shape.cpuMhz) continue;
      const rank = shape.count > 0 ? places.length : room.vms;
      if (!best || rank < best.rank) best = { room, places, rank };
    }
    if (!best) return false;
    const { room } = best;
    const held = best.places.slice(0, shape.count);
    for (const place of held) room.free.delete(place);
    room.memoryMb -= needed;
    room.cpuMhz -= shape.cpuMhz;
    room.vms++;
    this.running.push({
      ...vm,
      host: room.host.name,
      devices: held.map(address),
      overheadMb,
      cpuReservationMhz: shape.cpuMhz,
      cpus: 2,
      requests,
    });
    return true;
  }

  /** Leaves it to the stack. */
  create(name: string, shape: VmShape): void {
    this.created.push(
      vm(name, "", {
        cluster: known({ by: "name", name: this.name }),
        carriers: { template: known(requestsOf(shape)), gpuIntent: false },
        cpus: known(2),
        memoryMb: known(shape.memoryMb),
        memoryReservationMb: known(shape.count > 0 ? shape.memoryMb : 0),
        memoryLockedToMax: known(shape.count > 0),
        cpuReservationMhz: known(shape.cpuMhz),
      }),
    );
  }

  /** HA on, without admission control. */
  cluster(hostFailures: number): Cluster {
    return cluster({ name: this.name, hosts: this.rooms.map(({ host }) => host), vms: this.running, ha: ha(hostFailures) });
  }
}

function hostOf(name: string, { cpuMhz, memoryMb, devices }: HostShape): Host {
  const [host] = hosts("h[]", { cpuMhz, memoryMb });
  return { ...host!, name, id: `host-${name}`, devices: devices.map((device, place) => deviceOf(device, place, host!)) };
}

function deviceOf({ id, label }: DeviceShape, place: number, { source }: Host): Device {
  return { address: address(place), addressDeclared: true, id, ...defined({ label }), passthrough: "active", healthy: true, source };
}

function requestsOf({ count, allowed, label }: VmShape): readonly DynamicRequest[] {
  return Array.from({ length: count }, () => ({ kind: "dynamic", allowed, ...defined({ label }) }) as const);
}

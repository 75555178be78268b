import { Cluster, Device, DynamicRequest, Maybe, Plan, PlanVm } from "../../../lib/model";

/** The question that every peer is asked: do these VMs go into what is free on these hosts? Read from the model by hand. */
export interface Packing {
  readonly bins: readonly Bin[];
  readonly items: readonly Item[];
}

/** What is free on a host. */
export interface Bin {
  readonly host: string;
  /** Devices by class: a class is an id and a label. */
  readonly free: readonly number[];
  readonly memoryMb: number;
  readonly cpuMhz: number;
}

/** So many VMs alike. */
export interface Item extends Shape {
  readonly count: number;
}

export interface Shape {
  /** Devices that it needs on one host. */
  readonly size: number;
  /** By class: whether it may have such a device. */
  readonly allowed: readonly boolean[];
  /** Reservation and overhead. */
  readonly memoryMb: number;
  readonly cpuMhz: number;
}

/** A cluster with every VM in its place. */
export interface Placed {
  readonly bins: readonly Bin[];
  readonly shapes: readonly Shape[];
  /** By host, then by shape: how many run there. */
  readonly here: readonly (readonly number[])[];
}

/** A VM that is on: where, with which devices, and what it needs to restart elsewhere. */
export interface PlacedVm {
  readonly host: string;
  readonly devices: readonly string[];
  readonly needs: Needs;
}

interface Needs {
  readonly requests: readonly DynamicRequest[];
  readonly memoryMb: number;
  readonly cpuMhz: number;
}

/** The VMs that a cluster runs now. */
export function runningVms({ vms }: Cluster): PlacedVm[] {
  return vms.map(({ host, devices, requests, memoryReservationMb, overheadMb, cpuReservationMhz }) => {
    if (!requests) throw new Error("a generated VM declares its requests");
    return { host, devices, needs: { requests, memoryMb: memoryReservationMb + overheadMb, cpuMhz: cpuReservationMhz } };
  });
}

/** The whole of a batch that only creates, in what the running VMs leave free. */
export function batchPacking({ vms }: Plan, cluster: Cluster): Packing {
  const own = vms.filter((vm) => isIn(vm, cluster));
  const shapes = new Shapes(cluster);
  const counts: number[] = [];
  for (const vm of own) {
    const index = shapes.indexOf(needsOf(vm));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return { bins: placedOf(cluster, runningVms(cluster)).bins, items: counted(shapes.list, counts) };
}

/** What a VM of a stack needs; its overhead is the one that the specification assumes. */
export function needsOf({ carriers, memoryReservationMb, memoryMb, cpuReservationMhz }: PlanVm): Needs {
  const requests = carriers.template ? valueOf(carriers.template) : [];
  const overheadMb = requests.length > 0 ? 1024 : 100 + Math.ceil(valueOf(memoryMb) / 100);
  return { requests, memoryMb: valueOf(memoryReservationMb) + overheadMb, cpuMhz: valueOf(cpuReservationMhz) };
}

export function placedOf(cluster: Cluster, vms: readonly PlacedVm[]): Placed {
  const shapes = new Shapes(cluster);
  const places = new Map(cluster.hosts.map(({ name }, index) => [name, index]));
  const here = cluster.hosts.map(() => [] as number[]);
  const bins = cluster.hosts.map(({ name, devices, memoryMb, cpuMhz }) => {
    return { host: name, free: devicesOf(devices, shapes.classes), memoryMb, cpuMhz };
  });
  for (const { host, devices, needs } of vms) {
    const at = places.get(host)!;
    const index = shapes.indexOf(needs);
    here[at]![index] = (here[at]![index] ?? 0) + 1;
    const bin = bins[at]!;
    bin.memoryMb -= needs.memoryMb;
    bin.cpuMhz -= needs.cpuMhz;
    for (const device of cluster.hosts[at]!.devices)
      if (devices.includes(device.address)) bin.free[shapes.classes.indexOf(classOf(device))]!--;
  }
  return { bins, shapes: shapes.list, here: here.map((counts) => shapes.list.map((_, index) => counts[index] ?? 0)) };
}

/** The VMs of the failed hosts, by place, into what is free on the others. */
export function afterFailure({ bins, shapes, here }: Placed, failed: readonly number[]): Packing {
  const counts = shapes.map((_, index) => failed.reduce((sum, at) => sum + here[at]![index]!, 0));
  return { bins: bins.filter((_, at) => !failed.includes(at)), items: counted(shapes, counts) };
}

function counted(shapes: readonly Shape[], counts: readonly number[]): Item[] {
  return shapes.map((shape, index) => ({ ...shape, count: counts[index]! })).filter(({ count }) => count > 0);
}

/** The different shapes of VMs, as they come. */
class Shapes {
  readonly classes: readonly string[];
  readonly list: Shape[] = [];
  private readonly places = new Map<string, number>();

  constructor({ hosts }: Cluster) {
    this.classes = [...new Set(hosts.flatMap(({ devices }) => devices.map(classOf)))].sort();
  }

  indexOf({ requests, memoryMb, cpuMhz }: Needs): number {
    const [first, ...others] = requests.map((request) => JSON.stringify(request));
    if (others.some((other) => other !== first)) throw new Error("all requests of a generated VM are alike");
    const key = JSON.stringify([requests.length, first, memoryMb, cpuMhz]);
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const [request] = requests;
    const allowed = this.classes.map((name) => request !== undefined && allows(request, name));
    this.places.set(key, this.list.length);
    return this.list.push({ size: requests.length, allowed, memoryMb, cpuMhz }) - 1;
  }
}

function allows({ allowed, label }: DynamicRequest, name: string): boolean {
  const [id, here] = name.split(" ") as [string, string];
  if (label !== undefined && label !== here) return false;
  return allowed.length === 0 || allowed.some(({ vendor, device }) => `${vendor}:${device}` === id);
}

function classOf({ id, label = "" }: Pick<Device, "id" | "label">): string {
  return `${id.vendor}:${id.device} ${label}`;
}

function devicesOf(devices: readonly Device[], classes: readonly string[]): number[] {
  return classes.map((name) => devices.filter((device) => classOf(device) === name).length);
}

function isIn({ cluster }: PlanVm, { name }: Cluster): boolean {
  const ref = valueOf(cluster);
  return ref.by === "name" && ref.name === name;
}

function valueOf<T>(maybe: Maybe<T>): T {
  if (!maybe.known) throw new Error(`a generated value is known: ${maybe.why}`);
  return maybe.value;
}

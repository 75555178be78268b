import { Placed, Shape } from "./packing";

/**
 * What anyone would write first: for a set of failed hosts, its VMs from the largest down, each onto the host that it leaves
 * fullest. True is a proof that they fit; false is not one that they don't.
 */
export class Enumeration {
  private readonly classes: number;
  private readonly hosts: number;
  private readonly free: Int32Array;
  private readonly memoryMb: Float64Array;
  private readonly cpuMhz: Float64Array;
  /** What the above are before any failure. */
  private readonly before: { readonly free: Int32Array; readonly memoryMb: Float64Array; readonly cpuMhz: Float64Array };
  /** From the largest down. */
  private readonly shapes: readonly Shape[];
  /** VMs by host, then by shape. */
  private readonly here: Int32Array;
  private readonly down: Uint8Array;

  constructor({ bins, shapes, here }: Placed) {
    this.hosts = bins.length;
    this.classes = bins[0]?.free.length ?? 0;
    this.before = {
      free: Int32Array.from(bins.flatMap(({ free }) => free)),
      memoryMb: Float64Array.from(bins, (bin) => bin.memoryMb),
      cpuMhz: Float64Array.from(bins, (bin) => bin.cpuMhz),
    };
    this.free = this.before.free.slice();
    this.memoryMb = this.before.memoryMb.slice();
    this.cpuMhz = this.before.cpuMhz.slice();
    const order = shapes.map((_, index) => index).sort((a, b) => isLarger(shapes[a]!, shapes[b]!));
    this.shapes = order.map((index) => shapes[index]!);
    this.here = Int32Array.from(here.flatMap((counts) => order.map((index) => counts[index]!)));
    this.down = new Uint8Array(bins.length);
  }

  /** Whether the VMs of these hosts, by place, find a place on the others. */
  restarts(failed: readonly number[]): boolean {
    this.free.set(this.before.free);
    this.memoryMb.set(this.before.memoryMb);
    this.cpuMhz.set(this.before.cpuMhz);
    this.down.fill(0);
    for (const host of failed) this.down[host] = 1;
    for (let shape = 0; shape < this.shapes.length; shape++) {
      for (const host of failed) {
        const count = this.here[host * this.shapes.length + shape]!;
        for (let vm = 0; vm < count; vm++) if (!this.place(this.shapes[shape]!)) return false;
      }
    }
    return true;
  }

  private place(shape: Shape): boolean {
    let best = -1;
    let bestLeft = Infinity;
    for (let host = 0; host < this.hosts; host++) {
      if (this.down[host] === 1 || this.memoryMb[host]! < shape.memoryMb || this.cpuMhz[host]! < shape.cpuMhz) continue;
      const left = this.matching(host, shape) - shape.size;
      if (left < 0 || left > bestLeft || (left === bestLeft && this.memoryMb[host]! >= this.memoryMb[best]!)) continue;
      best = host;
      bestLeft = left;
    }
    if (best < 0) return false;
    this.memoryMb[best]! -= shape.memoryMb;
    this.cpuMhz[best]! -= shape.cpuMhz;
    this.take(best, shape);
    return true;
  }

  private matching(host: number, { allowed }: Shape): number {
    let sum = 0;
    for (let at = 0; at < this.classes; at++) if (allowed[at]) sum += this.free[host * this.classes + at]!;
    return sum;
  }

  /** From the classes with fewest left first. */
  private take(host: number, { size, allowed }: Shape): void {
    for (let left = size; left > 0;) {
      let from = -1;
      for (let at = host * this.classes; at < (host + 1) * this.classes; at++) {
        if (!allowed[at - host * this.classes] || this.free[at] === 0) continue;
        if (from < 0 || this.free[at]! < this.free[from]!) from = at;
      }
      const taken = Math.min(left, this.free[from]!);
      this.free[from]! -= taken;
      left -= taken;
    }
  }
}

function isLarger(a: Shape, b: Shape): number {
  return b.size - a.size || b.memoryMb - a.memoryMb || b.cpuMhz - a.cpuMhz;
}

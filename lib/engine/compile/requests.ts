import { Device, DeviceRequest, Host, isCapacity } from "../../model";
import { requestKey } from "./identity";
import { DeviceFace, matches } from "../matching";
import { VmSpec } from "../vm";

/** The distinct requests in play, by index, and what each may have. */
export class RequestTable {
  private readonly entries: { readonly request: DeviceRequest; readonly host: string | undefined }[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly masks = new Map<string, readonly boolean[]>();

  constructor(specs: readonly VmSpec[]) {
    for (const spec of specs) this.of(spec);
  }

  get count(): number {
    return this.entries.length;
  }

  /** The indexes of a VM's requests, sorted. A static one belongs to the host that the VM is pinned to. */
  of(spec: VmSpec): number[] {
    return spec.requests
      .map((request) => {
        const host = request.kind === "static" ? spec.pin?.host : undefined;
        const key = JSON.stringify([requestKey(request), host ?? null]);
        const known = this.indexes.get(key);
        if (known !== undefined) return known;
        this.entries.push({ request, host });
        this.indexes.set(key, this.entries.length - 1);
        return this.entries.length - 1;
      })
      .sort((a, b) => a - b);
  }

  /** By request: whether it may have the device, were it free and as `face` says. Equal devices share one list. */
  mask(host: Host, device: Device, face: DeviceFace): readonly boolean[] {
    const named = this.entries.some(({ request }) => request.kind === "static" && request.address === device.address);
    const key = JSON.stringify([face.id, face.label ?? null, isCapacity(face), named ? [host.name, device.address] : null]);
    let mask = this.masks.get(key);
    if (!mask) {
      mask = this.entries.map(({ request, host: pinned }) =>
        request.kind === "static"
          ? pinned === host.name && request.address === device.address && isCapacity(face)
          : matches(request, face) === true,
      );
      this.masks.set(key, mask);
    }
    return mask;
  }
}

/** A text for a mask: equal masks, equal texts. */
export function maskKey(mask: readonly boolean[]): string {
  return mask.map((bit) => (bit ? "1" : "0")).join("");
}

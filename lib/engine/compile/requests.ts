import { Device, DeviceRequest, Host, PciAddress, isCapacity, isOfOneHost, matchRequest, once } from "../../model";
import { requestKey } from "./identity";
import { ListIds } from "./list-ids";
import { DeviceTraits, deviceKey, matches } from "../constraints/matching";
import { VmSpec } from "../constraints/vm-spec";

/** By request: whether it may have a device. Equal masks are one object. */
export interface Mask {
  readonly bits: readonly boolean[];
  /** Whether any request may. */
  readonly any: boolean;
  /** A text to sort by. */
  readonly key: string;
}

/** The distinct requests in play, by index, and what each may have. Requests and devices are as distinct as matching can tell. */
export class RequestTable {
  private readonly entries: { readonly request: DeviceRequest; readonly host: string | undefined }[] = [];
  private readonly indexes = new ListIds();
  /** Devices that static requests name. */
  private readonly named = new Set<PciAddress>();
  private readonly views = new ListIds();
  private readonly byView: Mask[] = [];
  private readonly byKey = new Map<string, Mask>();

  constructor(specs: readonly VmSpec[]) {
    for (const spec of specs) this.of(spec);
  }

  /** The indexes of a VM's requests, sorted. A static one belongs to the host that the VM is pinned to. */
  readonly of = once(({ requests, pin }: VmSpec): readonly number[] =>
    requests.some(isOfOneHost) ? this.indexesOf(requests, pin?.host) : this.ofDynamic(requests),
  );

  /** VMs that are cloned from one template share their requests. */
  private readonly ofDynamic = once((requests: readonly DeviceRequest[]) => this.indexesOf(requests, undefined));

  private indexesOf(requests: readonly DeviceRequest[], host: string | undefined): readonly number[] {
    return requests.map((request) => this.indexOf(request, isOfOneHost(request) ? host : undefined)).sort((a, b) => a - b);
  }

  private indexOf(request: DeviceRequest, host: string | undefined): number {
    const index = this.indexes.of([requestKey(request), host]);
    matchRequest(request, { dynamic: () => undefined, static: ({ address }) => this.named.add(address) });
    this.entries[index] ??= { request, host };
    return index;
  }

  /** Whether each request may have the device, were it free and as `view` says. */
  mask(host: Host, { address }: Device, view: DeviceTraits): Mask {
    const named = this.named.has(address) ? [host.name, address] : [];
    const id = this.views.of([...deviceKey(view), ...named]);
    return (this.byView[id] ??= this.makeMask(host, address, view));
  }

  private makeMask(host: Host, address: PciAddress, view: DeviceTraits): Mask {
    const bits = this.entries.map(({ request, host: pinned }) =>
      matchRequest(request, {
        dynamic: (each) => matches(each, view) === true,
        static: (each) => pinned === host.name && each.address === address && isCapacity(view),
      }),
    );
    const key = bits.map((bit) => (bit ? "1" : "0")).join("");
    const mask = this.byKey.get(key) ?? { bits, any: bits.includes(true), key };
    this.byKey.set(key, mask);
    return mask;
  }
}

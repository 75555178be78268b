import {
  canBeHeld,
  counted,
  Device,
  formatPciId,
  Host,
  isCapacity,
  matchesId,
  parsePciAddress,
  PciAddress,
  quoted,
  RunningVm,
} from "../model";
import { HoldsText, VmText } from "../schema";
import { Context } from "./context";
import { pciId } from "./requests";

/** Who holds what: first what each VM says by address, then, of what is left, what each says by kind. */
export class HeldDevices {
  /** By host and address, the VM. */
  private readonly holders = new Map<string, string>();

  constructor(private readonly context: Context) {}

  /** Takes what a VM says by address. A mistake where the host does not have it, it can't be held, or another VM holds it. */
  byAddress(vm: string, text: VmText, host: Host): void {
    addressesOf(text).forEach((address, index) => {
      const place = placeOf(host, address);
      const holder = this.holders.get(place);
      const device = host.devices.find((candidate) => candidate.address === address && candidate.addressDeclared);
      const subject = `device ${quoted(address)} of vm ${quoted(vm)}`;
      const wrong = device ? unfit(device) : this.missing(address, host);
      if (wrong !== undefined) this.context.mistake(text.devices!, index, `${subject} ${wrong}`);
      else if (holder !== undefined) this.context.mistake(text.devices!, index, `${subject} is held by vm ${quoted(holder)} already`);
      this.holders.set(place, vm);
    });
  }

  /** All that a VM holds: in the order of its text, or in that of the addresses where some is said by kind. */
  of(vm: string, text: VmText, host: Host | undefined): Pick<RunningVm, "devices" | "heldByKind"> {
    const addresses = addressesOf(text);
    const heldByKind = host ? (text.holds ?? []).flatMap((holds) => this.byKind(vm, holds, host)) : [];
    if (heldByKind.length === 0) return { devices: addresses };
    return { devices: [...addresses, ...heldByKind].sort(byCodeUnit), heldByKind: heldByKind.sort(byCodeUnit) };
  }

  /** The first that are free of a kind, counted ones before those whose address means something to people. */
  private byKind(vm: string, holds: HoldsText, host: Host): readonly PciAddress[] {
    const id = pciId(holds.id, holds, "id", this.context);
    if (!id) return [];
    const { label, count = 1 } = holds;
    const isOfKind = (device: Device): boolean =>
      isCapacity(device) && device.label === (label || undefined) && matchesId([id], device.id) === true;
    const free = host.devices.filter((device) => isOfKind(device) && !this.holders.has(placeOf(host, device.address)));
    const kinds = new Set(free.map((device) => formatPciId(device.id)));
    const what = `${counted(count, "device")} ${quoted(holds.id)}${label ? ` labelled ${quoted(label)}` : " without a label"}`;
    if (free.length < count && !this.context.hostsWithGaps.has(host.name)) {
      this.context.mistake(
        holds,
        "count",
        `vm ${quoted(vm)} holds ${what}, and host ${quoted(host.name)} has ${free.length} that no other VM holds`,
      );
    } else if (kinds.size > 1) {
      const differ = `those of host ${quoted(host.name)} differ: ${[...kinds].join(", ")}`;
      this.context.mistake(holds, "id", `vm ${quoted(vm)} holds ${what}, and ${differ}; say which of them, or hold them by address`);
    }
    const taken = [...free.filter((device) => !device.addressDeclared), ...free.filter((device) => device.addressDeclared)].slice(0, count);
    for (const { address } of taken) this.holders.set(placeOf(host, address), vm);
    return taken.map(({ address }) => address);
  }

  private missing(address: PciAddress, host: Host): string | undefined {
    if (this.context.hostsWithGaps.has(host.name)) return undefined;
    const declared = host.devices.filter(({ addressDeclared }) => addressDeclared).map((device) => device.address);
    const counted = ": its devices are counted; say what the VM holds by kind (holds), or declare each by its address";
    const known = declared.length > 0 ? this.context.hint(address, declared) : host.devices.length > 0 ? counted : ", which has no devices";
    return `is not on host ${quoted(host.name)}${known}`;
  }
}

function addressesOf(text: VmText): PciAddress[] {
  return (text.devices ?? []).map((address) => parsePciAddress(address)!);
}

function unfit(device: Device): string | undefined {
  if (canBeHeld(device)) return undefined;
  return `can't be held: ${device.passthrough === "vgpu" ? "it is in vGPU mode" : "its passthrough is disabled"}`;
}

function placeOf(host: Host, address: PciAddress): string {
  return `${host.name} ${address}`;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

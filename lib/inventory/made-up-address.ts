import { PciAddress } from "../model";

/**
 * The address of a counted device, to be seen as made up: PCI domain ffff, one bus after the other, then one slot and function
 * after the other. The same number gives the same address.
 */
export function madeUpAddress(number: number): PciAddress {
  const bus = (number & 0xff).toString(16).padStart(2, "0");
  const slot = ((number >> 8) & 0x1f).toString(16).padStart(2, "0");
  return `ffff:${bus}:${slot}.${(number >> 13) & 7}` as PciAddress;
}

/** The number that a made-up address was made of. */
export function madeUpNumber(address: PciAddress): number {
  const [bus, slot, fn] = address.slice("ffff:".length).split(/[:.]/);
  return parseInt(bus!, 16) | (parseInt(slot!, 16) << 8) | (Number(fn) << 13);
}

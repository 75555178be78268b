/** A PCI address (SBDF) in its canonical form: `0000:af:00.0`, hexadecimal, lower case. */
export type PciAddress = string & { readonly __brand: "PciAddress" };

/**
 * The ids of a PCI function as numbers. Sub-ids and revision are absent where a request does not ask for them
 * or an inventory does not declare them.
 */
export interface PciId {
  readonly vendor: number;
  readonly device: number;
  readonly subVendor?: number;
  readonly subDevice?: number;
  readonly revision?: number;
}

/** Every field of an id, by which ids are compared. */
const ID_FIELDS: Readonly<Record<keyof PciId, true>> = { vendor: true, device: true, subVendor: true, subDevice: true, revision: true };
const PCI_ID_FIELDS = Object.keys(ID_FIELDS) as readonly (keyof PciId)[];

/** What an id may leave out. */
export const SUB_IDS = PCI_ID_FIELDS.filter(
  (field): field is Exclude<keyof PciId, "vendor" | "device"> => field !== "vendor" && field !== "device",
);

/** The id's values, always in the same places: two ids are equal if these are. */
export function pciIdValues(id: PciId): readonly (number | undefined)[] {
  return PCI_ID_FIELDS.map((field) => id[field]);
}

const ADDRESS = /^(?:([0-9a-f]{4}):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i;

/** Reads `0000:af:00.0` or `af:00.0` (domain 0000). Anything else, and a slot above 1f, is undefined. */
export function parsePciAddress(text: string): PciAddress | undefined {
  const match = ADDRESS.exec(text);
  if (!match) return undefined;
  const [, domain = "0000", bus, slot, fn] = match;
  if (parseInt(slot!, 16) > 0x1f) return undefined;
  return `${domain}:${bus}:${slot}.${fn}`.toLowerCase() as PciAddress;
}

const HEX4 = /^(?:0x)?([0-9a-f]{1,4})$/i;
const HEX2 = /^(?:0x)?([0-9a-f]{1,2})$/i;

/**
 * Reads `vendor:device[:subvendor:subdevice[:revision]]`, hexadecimal with or without `0x`, and the OVF spelling
 * `0x10de:0x20f1:s=0x10de:t=0x145f:r=0xa1`, whose sub-ids may be given one by one. Anything else is undefined.
 */
export function parsePciId(text: string): PciId | undefined {
  const [vendorText, deviceText, ...rest] = text.split(":");
  const vendor = hex(HEX4, vendorText);
  const device = hex(HEX4, deviceText);
  if (vendor === undefined || device === undefined) return undefined;
  const sub = rest.some((part) => part.includes("=")) ? ovfSubIds(rest) : positionalSubIds(rest);
  return sub && { vendor, device, ...sub };
}

type SubIds = Pick<PciId, "subVendor" | "subDevice" | "revision">;

function positionalSubIds(parts: readonly string[]): SubIds | undefined {
  if (parts.length === 0) return {};
  if (parts.length !== 2 && parts.length !== 3) return undefined;
  const subVendor = hex(HEX4, parts[0]);
  const subDevice = hex(HEX4, parts[1]);
  if (subVendor === undefined || subDevice === undefined) return undefined;
  if (parts.length === 2) return { subVendor, subDevice };
  const revision = hex(HEX2, parts[2]);
  return revision === undefined ? undefined : { subVendor, subDevice, revision };
}

const OVF_KEYS = {
  s: ["subVendor", HEX4],
  t: ["subDevice", HEX4],
  r: ["revision", HEX2],
} as const;

function ovfSubIds(parts: readonly string[]): SubIds | undefined {
  const ids: { subVendor?: number; subDevice?: number; revision?: number } = {};
  for (const part of parts) {
    const match = /^([str])=(.+)$/i.exec(part);
    if (!match) return undefined;
    const [field, pattern] = OVF_KEYS[match[1]!.toLowerCase() as keyof typeof OVF_KEYS];
    const value = hex(pattern, match[2]);
    if (value === undefined || ids[field] !== undefined) return undefined;
    ids[field] = value;
  }
  return ids;
}

function hex(pattern: RegExp, text: string | undefined): number | undefined {
  const match = text === undefined ? null : pattern.exec(text);
  return match ? parseInt(match[1]!, 16) : undefined;
}

/** Writes an id the way the contract spells it: `10de:20f1`, `10de:20f1:10de:145f`, `10de:20f1:10de:145f:a1`; single sub-ids in the OVF spelling. */
export function formatPciId(id: PciId): string {
  const base = `${hex4(id.vendor)}:${hex4(id.device)}`;
  const { subVendor, subDevice, revision } = id;
  if (subVendor !== undefined && subDevice !== undefined) {
    return `${base}:${hex4(subVendor)}:${hex4(subDevice)}${revision === undefined ? "" : `:${hex2(revision)}`}`;
  }
  const parts = [
    subVendor === undefined ? "" : `:s=${hex4(subVendor)}`,
    subDevice === undefined ? "" : `:t=${hex4(subDevice)}`,
    revision === undefined ? "" : `:r=${hex2(revision)}`,
  ];
  return base + parts.join("");
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}

function hex2(value: number): string {
  return value.toString(16).padStart(2, "0");
}

import { Table } from "../table";
import { ListOf, Unknown, Value } from "../value";
import { fail, textOf, wholeNumberOf } from "./arguments";

/** Functions on address ranges in CIDR notation (RFC 4632), of IPv4 and IPv6. */
export const networkFunctions: Table = [
  ["cidrhost", ([prefix, host]) => of(prefix, (network) => hostAt(network, BigInt(wholeNumberOf(host))))],
  ["cidrnetmask", ([prefix]) => of(prefix, netmask)],
  ["cidrsubnet", ([prefix, bits, number]) => of(prefix, (network) => subnet(network, wholeNumberOf(bits), BigInt(wholeNumberOf(number))))],
  ["cidrsubnets", ([prefix, ...bits]) => of(prefix, (network) => subnets(network, bits.map(wholeNumberOf)))],
];

/** Terraform takes IPv4 that is spelled as IPv6 for one here and the other there: what comes of it is not followed. */
function of(prefix: Value | undefined, result: (network: Network) => Value): Value {
  const text = textOf(prefix);
  return /^[0:]*:ffff:/i.test(text) ? new Unknown(`${text} (IPv4 spelled as IPv6)`) : result(networkOf(text));
}

interface Network {
  /** Its first address. */
  readonly address: bigint;
  /** How many of the bits of an address are the network's. */
  readonly length: number;
  /** 32 or 128. */
  readonly bits: number;
}

function networkOf(text: string): Network {
  const [, address = "", digits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? fail(`${JSON.stringify(text)} is no range of addresses`);
  const { value, bits } = addressOf(address) ?? fail(`${JSON.stringify(text)} is no range of addresses`);
  const length = Number(digits);
  if (length > bits) fail(`an address has ${bits} bits, not ${length}`);
  return { address: value & ~ones(bits - length), length, bits };
}

function addressOf(text: string): { readonly value: bigint; readonly bits: number } | undefined {
  if (/^(?:\d{1,6}\.){3}\d{1,6}$/.test(text)) {
    // A zero before a number says nothing of its base, as it did when Terraform was young.
    const bytes = text.split(".").map(Number);
    return bytes.every((byte) => byte <= 255) ? { value: valueOf(bytes), bits: 32 } : undefined;
  }
  const { IPv6 } = addresses();
  if (!IPv6.isValid(text) || text.includes("%")) return undefined;
  return { value: valueOf(IPv6.parse(text).toByteArray()), bits: 128 };
}

function valueOf(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function ones(count: number): bigint {
  return (1n << BigInt(count)) - 1n;
}

/** From the end for a host below zero. */
function hostAt({ address, length, bits }: Network, host: bigint): string {
  const last = ones(bits - length);
  const distance = host < 0n ? -host - 1n : host;
  if (distance > last) fail(`a range with a prefix of ${length} bits has no host ${host}`);
  return written(address | (host < 0n ? last - distance : host), bits);
}

function netmask({ length, bits }: Network): string {
  if (bits !== 32) fail("only IPv4 has netmasks");
  return written(ones(bits) & ~ones(bits - length), bits);
}

function subnet({ address, length, bits }: Network, more: number, number: bigint): Value {
  if (more < 0 || length + more > bits) fail(`a prefix of ${length} bits can't be ${more} bits longer`);
  if (number < 0n) return new Unknown("${cidrsubnet(…)} (with a number below 0)");
  if (number > ones(more)) fail(`${more} bits don't hold the number ${number}`);
  return withLength(address | (number << BigInt(bits - length - more)), length + more, bits);
}

/** One after the other, each where the next that is as large can begin. */
function subnets({ address, length, bits }: Network, more: readonly number[]): Value {
  // Terraform looks for the first range after what is before it, and before the very first address is nothing.
  if (address === 0n && more.length > 0) fail("a range that begins with the first address can't be divided so");
  let next = address;
  const made = more.map((each) => {
    if (each < 1 || each > 32 || length + each > bits) fail(`a prefix of ${length} bits can't be ${each} bits longer`);
    const size = 1n << BigInt(bits - length - each);
    const at = ((next + size - 1n) / size) * size;
    if (at > (address | ones(bits - length))) fail("there is no room left for another range");
    next = at + size;
    return withLength(at, length + each, bits);
  });
  return new ListOf("string", made);
}

function withLength(address: bigint, length: number, bits: number): string {
  return `${written(address, bits)}/${length}`;
}

function written(address: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, at) => Number((address >> BigInt(bits - 8 - 8 * at)) & 0xffn));
  if (bits === 32) return bytes.join(".");
  const { IPv6 } = addresses();
  return new IPv6(bytes).toRFC5952String();
}

/** Loaded only here: few stacks reckon with IPv6. */
function addresses(): typeof import("ipaddr.js") {
  return require("ipaddr.js") as typeof import("ipaddr.js");
}

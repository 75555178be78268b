import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import { IConstruct } from "constructs";
import { parsePciAddress } from "../lib/model";

/** Throws for a misused construct, with its path. */
export function refuse(scope: IConstruct, message: string): never {
  throw new Error(`${scope.node.path}: ${message}`);
}

/** Refuses what is not a whole number of at least `min` and a multiple of `step`; a value that Terraform computes passes. */
export function checkWholeNumber(scope: IConstruct, name: string, value: number | undefined, { min = 1, step = 1 } = {}): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (Number.isInteger(value) && value >= min && value % step === 0) return;
  const wanted = step === 1 ? "a whole number" : `a multiple of ${step}`;
  refuse(scope, `${name} is ${value}; give ${wanted} of at least ${min}`);
}

/**
 * The addresses in their canonical form, `0000:af:00.0`; refuses none, an invalid and a repeated one.
 * An address that Terraform computes passes as it is.
 */
export function checkPciAddresses(scope: IConstruct, name: string, addresses: readonly string[]): string[] {
  if (Token.isUnresolved(addresses)) refuse(scope, `${name} is one reference to a list; give a list of addresses, as "0000:af:00.0"`);
  if (addresses.length === 0) refuse(scope, `${name} is empty; give at least one PCI address, as "0000:af:00.0"`);
  const canonical = addresses.map((address) => {
    if (Token.isUnresolved(address)) return address;
    return parsePciAddress(address) ?? refuse(scope, `"${address}" in ${name} is no PCI address; write it as "0000:af:00.0"`);
  });
  const repeated = canonical.find((address, index) => canonical.indexOf(address) !== index);
  if (repeated !== undefined) refuse(scope, `"${repeated}" is twice in ${name}; give each device once`);
  return canonical;
}

/** What the synthesized stack of `scope` will say: equal values give equal text, however often a reference was asked for. */
export function resolveTokens<T>(scope: IConstruct, value: T): T {
  // Preparing makes a reference to another stack distinct from one of the same name in this stack.
  return Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: true }) as T;
}

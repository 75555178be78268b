import { Table } from "../table";
import { fail, textOf } from "./arguments";

type Algorithm = "md5" | "sha1" | "sha256" | "sha512";

/** A hash, and how its bytes are written. `name` is that of the function on a text; the one on a file is `file` and it. */
export interface Hash {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly written: "hex" | "base64";
}

export const HASHES: readonly Hash[] = [
  { name: "md5", algorithm: "md5", written: "hex" },
  { name: "sha1", algorithm: "sha1", written: "hex" },
  { name: "sha256", algorithm: "sha256", written: "hex" },
  { name: "sha512", algorithm: "sha512", written: "hex" },
  { name: "base64sha256", algorithm: "sha256", written: "base64" },
  { name: "base64sha512", algorithm: "sha512", written: "base64" },
];

/** Functions that tell texts apart. */
export const hashFunctions: Table = [
  ...HASHES.map((hash) => [hash.name, ([of]) => hashOf(textOf(of), hash)] as Table[number]),
  ["uuidv5", ([namespace, name]) => uuid(textOf(namespace), textOf(name))],
];

export function hashOf(content: string | Uint8Array, { algorithm, written }: Hash): string {
  return digest(algorithm, content).toString(written);
}

/** Loaded only here: nothing of it but the hashes is wanted, which are the same each time. */
function digest(algorithm: Algorithm, ...contents: readonly (string | Uint8Array)[]): Buffer {
  const { createHash } = require("node:crypto") as typeof import("node:crypto");
  const hash = createHash(algorithm);
  for (const content of contents) hash.update(content);
  return hash.digest();
}

/** The namespaces that have a name: RFC 9562, section 6.6. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ["dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
  ["url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"],
  ["oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"],
  ["x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"],
]);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Version 5 of RFC 9562, section 5.5: made of the namespace's bytes and the name. */
function uuid(namespace: string, name: string): string {
  const known = NAMESPACES.get(namespace) ?? namespace;
  // Beside the usual spelling Terraform takes `urn:uuid:…`, `{…}` and one without dashes.
  const plain = known.replace(/^urn:uuid:/i, "").replace(/^\{(.*)\}$/, "$1");
  const digits = plain.replaceAll("-", "");
  if (!UUID.test(plain) && !/^[0-9a-f]{32}$/i.test(known)) fail("uuidv5: the namespace is no UUID");
  const bytes = digest("sha1", Buffer.from(digits, "hex"), name).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

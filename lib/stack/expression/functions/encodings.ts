import { Table } from "../table";
import { Unknown, Value } from "../value";
import { fail, textOf } from "./arguments";

/** Functions that write a text in other letters, or read it so. */
export const encodingFunctions: Table = [
  ["base64encode", ([of]) => Buffer.from(textOf(of), "utf8").toString("base64")],
  ["base64decode", ([of]) => utf8(bytesOfBase64(textOf(of)), "base64decode")],
  ["base64gzip", () => new Unknown("${base64gzip(…)} (each program compresses otherwise)")],
  ["urlencode", ([of]) => urlEncode(textOf(of))],
  ["textencodebase64", ([of, encoding]) => encodeText(textOf(of), textOf(encoding))],
  ["textdecodebase64", ([of, encoding]) => decodeText(textOf(of), textOf(encoding))],
];

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function bytesOfBase64(text: string): Buffer {
  const letters = text.replace(/[\r\n]/g, "");
  if (!BASE64.test(letters)) fail("the text is no Base64");
  return Buffer.from(letters, "base64");
}

/** Bytes as the text that they are in UTF-8. Throws ExpressionError where they are none. */
export function utf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes).normalize();
  } catch {
    return fail(`${what}: the bytes are no UTF-8`);
  }
}

/** As Go's QueryEscape: what may stand in a query. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

interface Encoding {
  readonly write: (text: string) => Buffer;
  readonly read: (bytes: Buffer) => string;
}

const UTF16LE: Encoding = { write: (text) => Buffer.from(text, "utf16le"), read: (bytes) => utf16(bytes, "utf-16le") };
const UTF16BE: Encoding = { write: (text) => Buffer.from(text, "utf16le").swap16(), read: (bytes) => utf16(bytes, "utf-16be") };
const UTF8: Encoding = { write: (text) => Buffer.from(text, "utf8"), read: (bytes) => utf8(bytes, "textdecodebase64") };
const LATIN1: Encoding = { write: latin1, read: (bytes) => bytes.toString("latin1") };

/** The encodings that Node writes, too; of the other two hundred that Terraform knows the result is not known. */
const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ["utf-8", UTF8],
  ["utf-16le", UTF16LE],
  ["utf-16be", UTF16BE],
  ["iso-8859-1", LATIN1],
  ["latin1", LATIN1],
]);

function encodeText(text: string, encoding: string): Value {
  const { write } = ENCODINGS.get(encoding.toLowerCase()) ?? {};
  return write === undefined ? new Unknown(`\${textencodebase64(…)} (with the encoding ${encoding})`) : write(text).toString("base64");
}

function decodeText(text: string, encoding: string): Value {
  const { read } = ENCODINGS.get(encoding.toLowerCase()) ?? {};
  if (read === undefined) return new Unknown(`\${textdecodebase64(…)} (with the encoding ${encoding})`);
  const decoded = read(bytesOfBase64(text));
  return decoded.includes("\ufffd") ? fail("textdecodebase64: the bytes are no text in that encoding") : decoded;
}

function utf16(bytes: Buffer, encoding: "utf-16le" | "utf-16be"): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes).normalize();
}

function latin1(text: string): Buffer {
  return /^[\0-\xff]*$/.test(text) ? Buffer.from(text, "latin1") : fail("textencodebase64: a letter that the encoding lacks");
}

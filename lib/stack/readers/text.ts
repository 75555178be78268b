import { parseJson } from "../../json";
import { commandsForBinaryPlan, Files, InputError, isBinaryPlan, Located } from "../../model";

const MEGABYTE = 1024 * 1024;
export const MAX_JSON_BYTES = 128 * MEGABYTE;
export const MAX_HCL_BYTES = 8 * MEGABYTE;

/** Reads and parses a JSON file; throws InputError. */
export function readJson(files: Files, path: string): Located {
  return parseJson(path, decode(path, files.read(path, MAX_JSON_BYTES)));
}

/** Bytes as text; throws InputError where they are no UTF-8. */
export function decode(path: string, bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw InputError.at({ file: path }, "the file is UTF-16, expected UTF-8: save it again with that encoding");
  }
  if (isBinaryPlan(bytes)) {
    const [show, check] = commandsForBinaryPlan(path);
    const again = path === "-" ? "" : "; or let --run-terraform do the first, which starts the providers of the folder";
    throw InputError.at({ file: path }, `this is a binary plan (or another zip file): \`${show}\`, then \`${check}\`${again}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw InputError.at({ file: path, line: lineThatIsNotUtf8(bytes) }, "a character that is not UTF-8: save the file with that encoding");
  }
}

const LINE_FEED = 0x0a;

/** The line, from 1, of the first bytes that are no UTF-8: read in spite of them and written again, they are others. */
function lineThatIsNotUtf8(bytes: Uint8Array): number {
  const again = new TextEncoder().encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  let line = 1;
  for (let at = 0; at < bytes.length && bytes[at] === again[at]; at++) if (bytes[at] === LINE_FEED) line++;
  return line;
}

export function joinPath(folder: string, name: string): string {
  return folder === "" || folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** What stands before the last part of a path; `.` where nothing does. */
export function folderOf(path: string): string {
  const folder = path.slice(0, path.length - baseName(path).length).replace(/(.)[/\\]+$/, "$1");
  return folder === "" ? "." : folder;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.replace(/[/\\]+$/, "").replace(/^.*[/\\]/, "");
}

/** What is read, or nothing where that can't be: for what a check can do without. */
export function readable<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

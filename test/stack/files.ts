import { posix } from "node:path";
import { Files } from "../../lib/model";

/** The folder that they are in is the root of the file system. */
function plain(path: string): string {
  return path.replace(/^\/(?=.)/, "");
}

/** Files in memory: contents by path; a value that is no string is written as JSON. */
export function filesOf(contents: Readonly<Record<string, unknown>>): Files {
  const bytes = new Map(
    Object.entries(contents).map(([path, content]) => [
      path,
      content instanceof Uint8Array ? content : Buffer.from(typeof content === "string" ? content : JSON.stringify(content, null, 2)),
    ]),
  );
  const inside = new Map<string, Set<string>>();
  for (const path of bytes.keys()) {
    const parts = path.split("/");
    parts.slice(1).forEach((name, at) => {
      const folder = parts.slice(0, at + 1).join("/");
      inside.set(folder, (inside.get(folder) ?? new Set()).add(name));
    });
  }
  return {
    kind: (path) => (bytes.has(plain(path)) ? "file" : inside.has(plain(path)) ? "folder" : "none"),
    read: (path) => bytes.get(plain(path))!,
    list: (path) => [...(inside.get(plain(path)) ?? [])].sort(),
    real: (path) => (bytes.has(plain(path)) || inside.has(plain(path)) ? posix.join("/", path) : undefined),
  };
}

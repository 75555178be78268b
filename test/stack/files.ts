import { Files } from "../../lib/model";

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
    kind: (path) => (bytes.has(path) ? "file" : inside.has(path) ? "folder" : "none"),
    read: (path) => bytes.get(path)!,
    list: (path) => [...(inside.get(path) ?? [])].sort(),
  };
}

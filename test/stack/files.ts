import { Files } from "../../lib/model";

/** Files in memory: contents by path; a value that is no string is written as JSON. */
export function filesOf(contents: Readonly<Record<string, unknown>>): Files {
  const bytes = new Map(
    Object.entries(contents).map(([path, content]) => [
      path,
      content instanceof Uint8Array ? content : Buffer.from(typeof content === "string" ? content : JSON.stringify(content, null, 2)),
    ]),
  );
  const under = (folder: string): string[] =>
    [...bytes.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
  return {
    kind: (path) => (bytes.has(path) ? "file" : under(path).length > 0 ? "folder" : "none"),
    read: (path) => bytes.get(path)!,
    list: (path) => [...new Set(under(path).map((inside) => inside.split("/")[0]!))].sort(),
  };
}

import { Files, InputError } from "../../lib/model";
import { Io } from "../../lib/cli/io";

export interface MemoryIo extends Io {
  readonly printed: { out: string; err: string };
  readonly written: Map<string, string>;
}

/** An outside that is all in memory: files by path, and what was printed and written. */
export function memoryIo(texts: Readonly<Record<string, string>> = {}, rest: Partial<Io> = {}): MemoryIo {
  const printed = { out: "", err: "" };
  const written = new Map<string, string>();
  return {
    files: memoryFiles(new Map(Object.entries(texts))),
    environment: {},
    isTerminal: false,
    out: (text) => {
      printed.out += text;
      return Promise.resolve();
    },
    err: (text) => void (printed.err += text),
    write: (path, text) => void written.set(path, text),
    run: () => {
      throw new Error("no program is run");
    },
    printed,
    written,
    ...rest,
  };
}

function memoryFiles(texts: ReadonlyMap<string, string>): Files {
  const below = (folder: string): readonly string[] => {
    const start = folder === "." ? "" : `${folder}/`;
    return [...texts.keys()].filter((path) => path.startsWith(start)).map((path) => path.slice(start.length).split("/")[0]!);
  };
  return {
    kind: (path) => (texts.has(path) ? "file" : below(path).length > 0 ? "folder" : "none"),
    read: (path) => {
      const text = texts.get(path);
      if (text === undefined) throw InputError.at({ file: path }, "no such file");
      return new TextEncoder().encode(text);
    },
    list: (path) => [...new Set(below(path))].sort(),
  };
}

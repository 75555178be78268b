import { readDescriptor } from "../disk-files";
import { Files, InputError } from "../model";

/** The same files, with standard input as the file `-`. It is read once, when it is first asked for. */
export function withStandardInput(files: Files): Files {
  let text: Uint8Array | undefined;
  return {
    kind: (path) => (path === "-" ? "file" : files.kind(path)),
    read: (path, maxBytes) => {
      if (path !== "-") return files.read(path, maxBytes);
      if (text === undefined && process.stdin.isTTY) {
        throw InputError.at({ file: "-" }, "standard input is a terminal; pipe a file into it, or name the file");
      }
      text ??= readDescriptor(0, "-", maxBytes);
      return text;
    },
    list: (path) => files.list(path),
    real: (path) => files.real?.(path),
  };
}

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { Files } from "../../lib/model";

export const diskFiles: Files = {
  kind: (path) => (!existsSync(path) ? "none" : statSync(path).isDirectory() ? "folder" : "file"),
  read: (path) => readFileSync(path),
  list: (path) => readdirSync(path).sort(),
  real: (path) => (existsSync(path) ? realpathSync(path) : undefined),
};

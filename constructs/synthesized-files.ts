import { App, Manifest } from "cdktf";
import { basename, relative, resolve } from "path";
import { diskFiles } from "../lib/disk-files";
import { Files } from "../lib/model";

/** The output folder of an app that is being synthesized, as the working directory sees it. */
export function outputFolder(app: App): string {
  return relative(process.cwd(), app.outdir) || ".";
}

/**
 * The disk, with the manifest that synth is about to write: at validation it has written the stacks, but not yet that. Stacks of an
 * earlier synth, which the cdktf command removes at the end, are not there.
 */
export function synthesizedFiles(app: App): Files {
  const manifest = resolve(app.outdir, Manifest.fileName);
  const stacks = resolve(app.outdir, Manifest.stacksFolder);
  const isManifest = (path: string) => resolve(path) === manifest;
  return {
    ...diskFiles,
    kind: (path) => (isManifest(path) ? "file" : diskFiles.kind(path)),
    read: (path, maxBytes) =>
      isManifest(path) ? Buffer.from(JSON.stringify(app.manifest.buildManifest())) : diskFiles.read(path, maxBytes),
    list: (path) => {
      const names = diskFiles.list(path);
      if (resolve(path) === stacks) return names.filter((name) => folders(app).has(name));
      return resolve(path) === resolve(app.outdir) ? [...new Set([...names, Manifest.fileName])].sort() : names;
    },
  };
}

function folders(app: App): ReadonlySet<string> {
  return new Set(Object.values(app.manifest.stacks).map(({ workingDirectory }) => basename(workingDirectory)));
}

import { Source } from "../../model";
import { Block, blockSource } from "../configuration";
import { Data, isMap } from "../data";

/** What a construct left in the resource's `//` for readers like this one. */
export interface Metadata {
  readonly constructPath?: string;
  /** `//.passthru.accelerators`, not yet evaluated. */
  readonly accelerators?: Data;
  /** The author's line where the construct says it, else the resource in the file that was read. */
  readonly source: Source;
}

export function readMetadata(block: Block): Metadata {
  const comment = block.comment ?? block.body["//"];
  const metadata = child(comment, "metadata");
  const passthru = child(comment, "passthru");
  const path = child(metadata, "path");
  const accelerators = child(passthru, "accelerators");
  return {
    ...(typeof path === "string" && { constructPath: path }),
    ...(accelerators !== undefined && accelerators !== null && { accelerators }),
    source: authorSource(child(passthru, "source")) ?? blockSource(block),
  };
}

function authorSource(data: Data | undefined): Source | undefined {
  const file = child(data, "file");
  const line = child(data, "line");
  if (typeof file !== "string" || file === "" || typeof line !== "number" || !Number.isInteger(line) || line < 1) return undefined;
  return { file, line };
}

function child(data: Data | undefined, key: string): Data | undefined {
  return isMap(data) ? data[key] : undefined;
}

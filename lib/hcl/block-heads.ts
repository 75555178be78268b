import { Lines } from "../model";
import { scan } from "./scan";

/** The beginning of a block at the top of a file. */
export interface HclHead {
  readonly type: string;
  readonly labels: readonly string[];
  readonly at: number;
}

/** Where the blocks of a text begin, without a look at what is in them: milliseconds where reading takes seconds. Throws InputError. */
export function blockHeads(lines: Lines): readonly HclHead[] {
  return scan(lines).blocks.map(({ type, labels, at }) => ({
    type,
    labels: labels.map((label) => ("name" in label ? label.name : label.text.slice(1, -1))),
    at,
  }));
}

import { ReportCluster } from "../model";
import { Names } from "./names";

/** How an answer may be marked: green is only what is proved, yellow what is not known, red the rest. */
export type Tone = "proved" | "unknown" | "refuted";

/** One answer about a cluster: what was asked, the answer in a word or two, and a sentence that says more. */
export interface Answer {
  readonly title: string;
  readonly verdict: string;
  readonly tone?: Tone;
  readonly text: string;
}

const SHOWN_CLASSES = 8;

/** What is free of each class of devices, `0 of 20`, and after the worst failure. */
export function capacityInWords({ capacity, failover }: ReportCluster, names: Names): readonly Answer[] {
  const loses = failover.worst !== undefined && failover.worst.off.length > 0;
  const hidden = capacity.length - SHOWN_CLASSES;
  const answers = capacity.slice(0, SHOWN_CLASSES).map(({ id, label, total, free, freeAfterWorstFailure, stranded }) => {
    const kind = label === undefined ? names.device(id) : `${names.device(id)} ${label}`;
    const after = freeAfterWorstFailure === undefined ? "" : `, ${freeAfterWorstFailure} after the worst failure`;
    const useless = !loses || stranded === undefined || stranded === 0 ? "" : `, ${stranded} of no use then`;
    return { title: "free", verdict: `${free} of ${total}`, text: `${kind}${after}${useless}` };
  });
  return hidden > 0 ? [...answers, { title: "", verdict: "", text: `and ${hidden} more kinds of device` }] : answers;
}

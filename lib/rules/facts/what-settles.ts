import { ClusterJudgement, LimitedPart } from "../../model";
import { whatSettlesLimit } from "../limit-reached";

/** What would settle an unknown verdict, where it is no missing fact: a search that reached its limit needs a smaller question. */
export function whatSettles({ remarks }: ClusterJudgement, parts: readonly LimitedPart[]): { readonly fix?: string } {
  const limits = remarks.flatMap((remark) => (remark.kind === "limit-reached" ? [remark] : []));
  const fix = whatSettlesLimit(limits, parts);
  return fix === undefined ? {} : { fix };
}

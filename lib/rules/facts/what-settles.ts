import { ClusterJudgement, Remark } from "../../model";
import { limitReached } from "../limit-reached";

type Part = Extract<Remark, { kind: "limit-reached" }>["part"];

/** What would settle an unknown verdict, where it is no missing fact: a search that reached its limit needs a smaller question. */
export function whatSettles({ remarks }: ClusterJudgement, parts: readonly Part[]): { readonly fix?: string } {
  const reached = remarks.some((remark) => remark.kind === "limit-reached" && parts.includes(remark.part));
  return reached ? { fix: limitReached.fix } : {};
}

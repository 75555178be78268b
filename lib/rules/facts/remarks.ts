import { ClusterJudgement, Remark } from "../../model";
import { Facts } from "./facts";

export interface Remarked<R> {
  readonly judged: ClusterJudgement;
  readonly remark: R;
}

/** The engine's remarks of one kind, with the clusters they were made about. */
export function remarksOf<K extends Remark["kind"]>({ judgement }: Facts, kind: K): readonly Remarked<Extract<Remark, { kind: K }>>[] {
  const isOfKind = (remark: Remark): remark is Extract<Remark, { kind: K }> => remark.kind === kind;
  return judgement.clusters.flatMap((judged) => judged.remarks.filter(isOfKind).map((remark) => ({ judged, remark })));
}

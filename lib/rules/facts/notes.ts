import { PlanNote } from "../../model";
import { Hit } from "../rule";
import { Facts } from "./facts";

/** The readers' notes that are for one rule, as its findings. */
export function notesOf({ plan }: Facts, rule: PlanNote["rule"]): readonly Hit[] {
  return plan.notes.filter((note) => note.rule === rule).map(({ rule: _, ...hit }) => hit);
}

import { judge } from "../engine/judge";
import { contradictions } from "./soundness";
import { mixedCases } from "./generate";
import { inventory } from "./notation";
import { referee } from "./referee";

// Small clusters are looked at to the end, so that proofs and shortcuts are hardly met there: with little work to do it in, they are.
test.each([1, 30, 300])("with work for %i the engine says less than the brute force, but nothing else", saysNothingElse);

function saysNothingElse(maxWork: number): void {
  referee(mixedCases, { runs: 1000, shard: 10 + maxWork }, (asked, { answer }) => {
    const [judged] = judge(asked.plan, inventory(asked.cluster), { ...asked.options, maxWork }).clusters;
    return contradictions(judged!, answer);
  });
}

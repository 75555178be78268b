import { judge } from "../engine/judge";
import { complaints } from "./complaints";
import { mixedCases } from "./generate";
import { inventory } from "./notation";
import { referee } from "./referee";

// One of two files, so that two workers share them.
test("the engine agrees with the brute force, everything at once", () => {
  referee(mixedCases, { runs: 5000, shard: 2 }, (asked, answer) => {
    const [judged] = judge(asked.plan, inventory(asked.cluster), asked.options).clusters;
    return complaints(judged!, answer, asked);
  });
});

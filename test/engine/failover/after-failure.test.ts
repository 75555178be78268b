import { judge } from "../judge";
import { afterFailure } from "../../../lib/engine/failover/after-failure";
import { FailoverJudge } from "../../../lib/engine/failover/judge-failover";
import { Budget } from "../../../lib/engine/packing/budget";
import { inventory, plan } from "../../reference/notation";
import { failingOf, runningOn } from "./notation";

/** In all of the cluster after the worst failure: devices that are free, and those of them that no victim can use. */
const TABLE: readonly (readonly [title: string, hosts: string, running: string, free: number, stranded: number])[] = [
  ["nobody runs: nobody is a victim, and nothing stranded", "h1[A] h2[A]", "", 1, 0],
  ["everyone is back", "h1[A] h2[A*2]", "h1:A", 1, 0],
  ["what is left off could use nothing that is free", "h1[A] h2[H]", "h1:A", 1, 1],
  // E19: x and y want the label, which the free ones don't have.
  ["E19: two with another label", "h1[T] h2[T] h3[I] h4[I]", "h1:T h2:T", 2, 2],
  ["some of both", "h1[A] h2[H] h3[A*2]", "h1:A", 2, 1],
  // A device that is useful to a victim is not stranded, though it is alone.
  ["a pair is off beside one device that it could use", "h1[A*2] h2[A]", "h1:A,A", 1, 0],
  ["no host is left", "h1[A*2]", "h1:A", 0, 0],
];

test.each(TABLE)("after the worst failure: %s", (_, hostsText, runs, free, stranded) => {
  const { transition, space } = failingOf(hostsText, runs);
  const of = new FailoverJudge(transition, space, new Budget(1_000_000));
  const after = afterFailure(of.judge(1).worst!, of, transition);
  expect([after.free.size, after.stranded.size]).toEqual([free, stranded]);
});

test("is what the report counts", () => {
  const { capacity } = judge(plan([]), inventory(runningOn("h1[T] h2[T] h3[I] h4[I]", "h1:T h2:T"))).clusters[0]!;
  expect(capacity).toMatchObject([
    { label: "Inference", total: 2, used: 0, free: 2, freeAfterWorstFailure: 2, stranded: 2 },
    { label: "Training", total: 2, used: 2, free: 0, freeAfterWorstFailure: 0, stranded: 0 },
  ]);
});

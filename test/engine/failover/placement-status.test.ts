import { PlacementStatus, verdictOf, worse } from "../../../lib/engine/failover/placement-status";

test.each<[statuses: readonly PlacementStatus[], verdict: string, dependsOn: readonly string[] | undefined]>([
  [["survives", "survives"], "survives", undefined],
  [["lost", "lost"], "fails", undefined],
  [["survives", "lost"], "placement-dependent", ["placement"]],
  [["order", "order"], "placement-dependent", ["order"]],
  [["survives", "order"], "placement-dependent", ["order", "placement"]],
  [["order", "lost"], "placement-dependent", ["order", "placement"]],
])("placements of which each is one of %j", (statuses, verdict, dependsOn) => {
  expect(verdictOf(statuses)).toEqual({ verdict, ...(dependsOn && { dependsOn }) });
});

test("the worse of two is the one that saves fewer", () => {
  expect([worse("survives", "order"), worse("lost", "order"), worse("survives", "survives")]).toEqual(["order", "lost", "survives"]);
});

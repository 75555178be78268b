import { isAutomated, isFullyAutomated } from "../../../lib/engine/compile/automation";
import { Cluster } from "../../../lib/model";
import { cluster } from "../../reference/notation";

type Level = Cluster["drs"]["automationLevel"];

test.each<[enabled: boolean, level: Level, override: readonly [boolean, Level] | undefined, automated: boolean, fully: boolean]>([
  [true, "fullyAutomated", undefined, true, true],
  [true, "partiallyAutomated", undefined, true, false],
  [true, "manual", undefined, false, false],
  [false, "fullyAutomated", undefined, false, false],
  [true, "fullyAutomated", [true, "manual"], false, false],
  [true, "fullyAutomated", [false, "fullyAutomated"], false, false],
  [true, "manual", [true, "fullyAutomated"], true, true],
  [true, "fullyAutomated", [true, "partiallyAutomated"], true, false],
  // An override can't turn on what is off for the cluster.
  [false, "manual", [true, "fullyAutomated"], false, false],
])("DRS %s, %s, with an override of %j: automated %s, fully %s", (enabled, automationLevel, override, automated, fully) => {
  const of = cluster({ hosts: [], drs: { enabled, automationLevel, declared: true } });
  const own = override && { enabled: override[0], automationLevel: override[1] };
  expect([isAutomated(of, own), isFullyAutomated(of, own)]).toEqual([automated, fully]);
});

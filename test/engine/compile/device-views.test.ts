import { DeviceChange, known, PlanVm } from "../../../lib/model";
import { change, hosts, running, vm } from "../../reference/notation";
import { problemOf } from "./problem-of";

const [a, t] = [vm("a", "A"), vm("t", "T")];
const label = (place: number): DeviceChange => change(`x${place}`, "h1", place, { hardwareLabel: known("Training") });
const disable = (place: number): DeviceChange => change(`x${place}`, "h1", place, { enabled: known(false) });
const gone = vm("r", "A", { action: "delete" });

/** Devices that can't be told apart, before and after what is open on them; `r` holds the first. */
const groups = (changes: readonly DeviceChange[], ...vms: readonly PlanVm[]): readonly string[] =>
  problemOf({ hosts: hosts("h1[A*3]"), vms: [running("r", "h1", [0])] }, vms, changes)
    .kinds[0]!.groups.map(({ size, before, after, hasEvent, disables }) => {
      const bits = (mask: readonly boolean[]): string => mask.map(Number).join("");
      return `${size}: ${bits(before)}${hasEvent ? ` to ${bits(after)}` : ""}${disables ? ", disabled" : ""}`;
    })
    .sort();

/** Requests: that of `a` or `t`, then what `r` asks for when it restarts. */
test.each<[title: string, groups: readonly string[], expected: readonly string[]]>([
  ["no change: one group", groups([], a), ["3: 1"]],
  ["a label that nobody asks for", groups([label(1)], a), ["3: 1"]],
  ["a label that somebody asks for, at any moment: alone", groups([label(1)], t), ["1: 01 to 11", "2: 01"]],
  ["two of them are told apart", groups([label(1), label(2)], t), ["1: 01", "1: 01 to 11", "1: 01 to 11"]],
  ["who waits sees it as it is afterwards", groups([label(1)], vm("t", "T", { dependsOn: [label(1).address] })), ["1: 11", "2: 01"]],
  ["a free device that goes", groups([disable(1)], a), ["1: 1 to 0, disabled", "2: 1"]],
  ["one that is held for good does not go", groups([disable(0)], a), ["3: 1"]],
  ["one that is held until it is released may", groups([disable(0)], a, gone), ["1: 1 to 0, disabled", "2: 1"]],
])("%s", (_, found, expected) => {
  expect(found).toEqual(expected);
});

import { PlanVm } from "../../../lib/model";
import { hosts, vm } from "../../reference/notation";
import { problemOf } from "./problem-of";

/** For each device group of the host: which of the requests in play may have it. */
const groups = (host: string, ...vms: readonly PlanVm[]): readonly string[] =>
  problemOf({ hosts: hosts(host) }, vms)
    .kinds[0]!.groups.map(({ size, before }) => `${size}: ${before.map(Number).join("")}`)
    .sort();

test.each<[title: string, groups: readonly string[], expected: readonly string[]]>([
  ["nobody asks: no device is in play", groups("h1[A*2]"), []],
  ["one request for equal devices", groups("h1[A*2]", vm("v", "A")), ["2: 1"]],
  ["the same request twice is one", groups("h1[A*2]", vm("v", "A,A"), vm("w", "A")), ["2: 1"]],
  ["a device that nobody asks for is in no group", groups("h1[A,H]", vm("v", "A")), ["1: 1"]],
  ["labels that nobody asks for make no difference", groups("h1[A,T,I]", vm("v", "A")), ["3: 1"]],
  ["a label that somebody asks for does", groups("h1[A,T,I]", vm("v", "A"), vm("w", "T")), ["1: 11", "2: 10"]],
  ["either of two models", groups("h1[A,H]", vm("v", "A|H")), ["2: 1"]],
  ["either, or one of them", groups("h1[A,H]", vm("v", "A|H"), vm("w", "H")), ["1: 10", "1: 11"]],
  ["the order of what is allowed makes no difference", groups("h1[A,H]", vm("v", "A|H"), vm("w", "H|A")), ["2: 1"]],
])("%s", (_, found, expected) => {
  expect(found).toEqual(expected);
});

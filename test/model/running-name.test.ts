import { known, PlanVm, RunningVm, existingVmOf, unknown } from "../../lib/model";
import { planVm, runningVm } from "../rules/builders";

const train = runningVm("train", { uuid: "4204-A", id: "vm-1", folder: "/dc-1/vm/ml" });
const other = runningVm("other", { uuid: "4204-b" });
const bare = runningVm("bare");
const [first, second] = ["a", "b"].map((folder) => runningVm("twin", { folder }));
const [copy, again] = ["copy-1", "copy-2"].map((name, at) => runningVm(name, { uuid: "4204-F", id: `vm-7${at}` }));
const running = [train, other, bare, first!, second!, copy!, again!];

test.each<[string, Partial<PlanVm>, RunningVm | "several" | undefined]>([
  ["its name", { name: known("bare") }, bare],
  ["its name, where the inventory says no more", { name: known("bare"), uuid: "4204-c", id: "vm-9", folder: "ml" }, bare],
  ["its name in another case, which is another's", { name: known("Train") }, undefined],
  ["the name that it has before the plan", { name: known("new"), runningName: known("bare") }, bare],
  ["its uuid, whatever it is called", { name: known("renamed"), uuid: "4204-a" }, train],
  ["its id, whatever it is called", { name: unknown("${var.name}"), id: "vm-1" }, train],
  ["its name, with another uuid", { name: known("train"), uuid: "4204-c" }, undefined],
  ["its name, in its folder", { name: known("train"), folder: "ml" }, train],
  ["its name, in another folder", { name: known("train"), folder: "web" }, undefined],
  ["a name that two have", { name: known("twin") }, "several"],
  ["a name that two have, in its folder", { name: known("twin"), folder: "b/" }, second],
  ["the uuid of two copies, by their names", { name: known("copy-1"), uuid: "4204-f" }, copy],
  ["the uuid of two copies, and the id of one", { name: known("renamed"), uuid: "4204-f", id: "vm-71" }, again],
  ["the uuid of two copies, under another name", { name: known("renamed"), uuid: "4204-f" }, "several"],
  ["nothing", { name: unknown("${var.name}") }, undefined],
])("a VM of a plan is a running one by %s", (_, vm, expected) => {
  expect(existingVmOf(planVm("vm", vm), running)).toEqual(expected);
});

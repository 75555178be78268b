import { known } from "../../lib/model";
import { fixForReader } from "../../lib/rules/words/for-reader";
import * as make from "./builders";

const terraform = make.planOf(make.planVm("a"));
const constructs = make.planOf(make.planVm("a", { constructPath: "stack/a" }));
const place = { message: "", resource: "a" };

test.each<[string, string]>([
  ["set memory_reservation = 65536, equal to memory", "set memoryReservation: 65536, equal to memory"],
  ["let it wait for b (depends_on)", "let it wait for b (node.addDependency)"],
  ["correct host_system_id and pci_id", "correct hostSystemId and devices"],
  ["clone it from a passthru_template", "clone it from an AcceleratedTemplate"],
  // What an inventory declares has one name for everybody.
  ["declare bar1_gb and host_failures_to_tolerate", "declare bar1_gb and host_failures_to_tolerate"],
  ["set ha_admission_control_policy", "set ha_admission_control_policy"],
])("a fix in Terraform's terms, and in those of constructs: %s", (fix, forConstructs) => {
  expect(fixForReader(fix, place, terraform)).toBe(fix);
  expect(fixForReader(fix, { ...place, constructPath: "stack/a" }, constructs)).toBe(forConstructs);
  // About a cluster: for whoever wrote its VMs.
  expect(fixForReader(fix, { message: "" }, terraform)).toBe(fix);
  expect(fixForReader(fix, { message: "" }, constructs)).toBe(forConstructs);
});

test("of a VM that no construct made, in a batch with some that are", () => {
  const both = make.planOf(make.planVm("a", { constructPath: "stack/a" }), make.planVm("b", { name: known("b") }));
  expect(fixForReader("set memory_limit = 1", { message: "", resource: "b" }, both)).toBe("set memory_limit = 1");
});

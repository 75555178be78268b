import { judge } from "../judge";
import { Cluster, HostRef, known, Maybe, PlanVm, Remark, unknown } from "../../../lib/model";
import { address } from "../../rules/builders";
import { cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

const h1: Maybe<HostRef> = known({ by: "name", name: "h1" });

/** What is said of a VM that names h1 and asks for an A100. */
function remark(on: string, rest: Partial<PlanVm> = {}, more: Partial<Cluster> = {}): Remark | undefined {
  const of = cluster({ hosts: hosts(on), ...more });
  const [judged] = judge(plan([vm("v", "A", { host: h1, ...rest })]), inventory(of)).clusters;
  return judged!.remarks.find(({ kind }) => kind === "pinned-under-drs");
}

const found = (others: readonly string[], certain = true, host: string | null = "h1") => ({
  kind: "pinned-under-drs",
  vm: vm("v", "A").address,
  others,
  certain,
  ...(host === null ? {} : { host }),
});
const nowhere: Maybe<never> = unknown("${var.host}");

test.each<[string, string, Partial<PlanVm>, Partial<Cluster>, object | undefined]>([
  ["where another host can take it", "h1[A*1] h2[A*1]", {}, {}, found(["h2"])],
  ["where another one could, were it empty", "h1[A*1] h2[A*1]", {}, { vms: [running("w", "h2", [0])] }, found(["h2"])],
  ["where the host is not known, and two can take it", "h1[A*1] h2[A*1]", { host: nowhere }, {}, found(["h1", "h2"], false, null)],
  ["not where the host is not known, and one can take it", "h1[A*1] h2[]", { host: nowhere }, {}, undefined],
  ["not where no other host has such a device", "h1[A*1] h2[]", {}, {}, undefined],
  ["not where no other host has the memory", "h1[A*1] h2[A*1]", { memoryMb: known(9e8), memoryReservationMb: known(9e8) }, {}, undefined],
  ["not where DRS is manual", "h1[A*1] h2[A*1]", {}, { drs: { enabled: true, automationLevel: "manual", declared: true } }, undefined],
  [
    "not for an SR-IOV interface, which DRS leaves alone",
    "h1[A*1] h2[A*1]",
    { carriers: { ...vm("v", "A").carriers, sriov: known([address("0000:3b:00.0")]) } },
    {},
    undefined,
  ],
  ["not for a VM that runs", "h1[A*1] h2[A*1]", {}, { vms: [running("v", "h1", [0])] }, undefined],
])("host_system_id under DRS is remarked on %s", (_, on, rest, more, expected) => {
  expect(remark(on, rest, more)).toEqual(expected);
});

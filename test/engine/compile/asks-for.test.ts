import { asksFor, restartSpec, withLiveChanges } from "../../../lib/engine/compile/asks-for";
import { runningSpec } from "../../../lib/engine/constraints/vm-spec";
import { known, Maybe, PlanVm, resolveRequests, unknown } from "../../../lib/model";
import { cluster, hosts, inventory, requests, running, vm } from "../../reference/notation";

const of = cluster({ hosts: hosts("h1[T,I]"), vms: [running("v", "h1", [0])] });
const [holdsT] = of.vms;

function labelsOf(asks: ReturnType<typeof asksFor>): readonly (string | undefined)[] {
  return asks.known ? asks.value.map((request) => (request.kind === "dynamic" ? request.label : request.address)) : [];
}

const [T, I] = [requests("T"), requests("I")].map((each) => labelsOf(known(each)));

test.each<[who: string, written: string, plan: Partial<PlanVm>, exists: boolean, asks: readonly (string | undefined)[]]>([
  ["one that is new", "I", { action: "create" }, false, I!],
  ["one that is rebooted", "I", { action: "reboot" }, true, I!],
  ["one that is rebooted and ignores its clone", "I", { action: "reboot", ignoreChanges: ["clone"] }, true, T!],
  ["one that ignores everything", "I", { action: "reboot", ignoreChanges: ["all"] }, true, T!],
  ["one that ignores what does not carry its requests", "I", { action: "reboot", ignoreChanges: ["extra_config"] }, true, I!],
  ["one that is made anew, whatever it ignores", "I", { action: "replace-destroy-first", ignoreChanges: ["clone"] }, true, I!],
  ["one of which nothing says what it asks for", "", { action: "reboot", carriers: { gpuIntent: false } }, true, T!],
  ["one of which its stack says nothing", "", { action: "from-stack", carriers: { gpuIntent: false } }, true, T!],
])("%s", (_, written, more, exists, expected) => {
  const asked = vm("v", written, more);
  const asks = asksFor(asked, resolveRequests(asked, of, inventory(of)), exists ? holdsT : undefined, of);
  expect(labelsOf(asks)).toEqual(expected);
});

test("a VM restarts by the inventory's requests, else its stack's, else what it holds", () => {
  const planned = { vm: vm("v", "I"), requests: requests("I") };
  const by = (...given: Parameters<typeof restartSpec>) => labelsOf(known(restartSpec(...given).requests));
  expect(by({ ...holdsT!, requests: requests("A") }, "v", planned, of)).toEqual([undefined]);
  expect(by(holdsT!, "v", planned, of)).toEqual(I);
  expect(by(holdsT!, "v", undefined, of)).toEqual(T);
});

test.each<[title: string, plan: Partial<PlanVm>, reservationMb: Maybe<number>]>([
  ["what it raises counts", { reconfigures: true, memoryReservationMb: known(4096) }, known(4096)],
  ["what it lowers may still be there", { reconfigures: true, memoryReservationMb: known(0) }, known(1024)],
  ["what is not known is not known", { reconfigures: true, memoryReservationMb: unknown("${m}") }, unknown("${m}")],
  ["nothing counts where nothing is reconfigured", { memoryReservationMb: known(4096) }, known(1024)],
])("of an update while the VM runs: %s", (_, more, expected) => {
  const spec = withLiveChanges(runningSpec({ ...holdsT!, memoryReservationMb: 1024 }, "v", [], of), vm("v", "T", more));
  expect(spec.known ? known(spec.value.reservationMb) : spec).toEqual(expected);
});

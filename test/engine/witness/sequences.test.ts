import { Budget } from "../../../lib/engine/packing/budget";
import { explore } from "../../../lib/engine/state-space/explore-power-on";
import { failingSequence, simulate, Witness, witnessOf } from "../../../lib/engine/witness/sequences";
import { Cluster, DeviceChange, known, PlanVm, Refusal, Step } from "../../../lib/model";
import { after, change, cluster, hosts, plan, running, vm } from "../../reference/notation";
import { Compiled, compiledOf } from "../compiled";

const r = running("r", "h1", [0]);
const compiled = (text: string, vms: readonly PlanVm[], of: Partial<Cluster> = {}, changes: readonly DeviceChange[] = []): Compiled =>
  compiledOf(plan(vms, changes), cluster({ hosts: hosts(text), ...of }));

/** `v on h2 0`: v powers on at h2 with the first device; `v off`, `v refused`, `x set h1 0`. */
function written({ vm: id, action, host, devices = [], refused }: Step): string {
  const name = id.split(".")[1] ?? id;
  if (refused) return `${name} refused`;
  const places = devices.map((device) => Number.parseInt(device.split(":")[1]!, 16) - 1);
  return [name, action === "power-on" ? "on" : action === "set-device" ? "set" : "off", host, ...places].join(" ");
}

/** As DRS is assumed to spread, in the plan's order. */
const SPREAD: readonly (readonly [title: string, of: Compiled, steps: readonly string[], off: readonly string[]])[] = [
  ["nothing", compiled("h1[A]", []), [], []],
  ["where most devices are free", compiled("h1[A] h2[A*2]", [vm("v", "A")]), ["v on h2 0"], []],
  ["of equal hosts by name, on the lowest address", compiled("h2[A*2] h1[A*2]", [vm("v", "A")]), ["v on h1 0"], []],
  ["each where most is left by then", compiled("h1[A*2] h2[A*2]", [vm("v", "A"), vm("w", "A")]), ["v on h1 0", "w on h2 0"], []],
  ["beside what runs", compiled("h1[A*2]", [vm("v", "A")], { vms: [r] }), ["v on h1 1"], []],
  ["who has no place is refused, and left off", compiled("h1[A]", [vm("v", "A,A"), vm("w", "A")]), ["v refused", "w on h1 0"], ["v"]],
  ["and who waits for it is not tried", compiled("h1[A]", [vm("v", "A,A"), vm("w", "A", after("v"))]), ["v refused"], ["v", "w"]],
  [
    "a reboot gives up and wins again",
    compiled("h1[A]", [vm("r", "A", { action: "reboot" })], { vms: [r] }),
    ["r off h1 0", "r on h1 0"],
    [],
  ],
  [
    "create-first takes before it gives",
    compiled("h1[A*2]", [vm("r", "A", { action: "replace-create-first" })], { vms: [r] }),
    ["r on h1 1", "r off h1 0"],
    [],
  ],
  [
    "a change that is settled is told at once",
    compiled("h1[A]", [vm("v", "A")], {}, [change("x", "h1", 0, { hardwareLabel: known("l") })]),
    ["x set h1 0", "v on h1 0"],
    [],
  ],
  ["a matching, not first fit (E7)", compiled("h1[T,A]", [vm("v", "A,T")]), ["v on h1 0 1"], []],
  [
    "memory where devices are equal",
    compiled("h1[A] h2[A]", [vm("v", "A")], { vms: [running("n", "h1", [], { memoryReservationMb: 1 })] }),
    ["v on h2 0"],
    [],
  ],
];

test.each(SPREAD)("one sequence: %s", (_, { transition, inForce }, steps, off) => {
  const witness = simulate(transition, inForce);
  expect(witness.steps.map(written)).toEqual(steps);
  expect(witness.off.map((id) => id.split(".")[1])).toEqual(off);
});

test("a path of the search is told with names that can be followed: equal hosts stand for each other", () => {
  const { transition, inForce } = compiled("h1[A*2] h2[A*2]", [vm("a", "A"), vm("b", "A"), vm("d", "A,A")]);
  const { failing, succeeding } = explore(transition, new Budget(10_000));
  const bad = witnessOf(failing!, transition, inForce);
  expect(bad.off.map((id) => id.split(".")[1])).toEqual(["d"]);
  const good = witnessOf(succeeding!, transition, inForce);
  expect(good.off).toEqual([]);
  const taken = good.placements.flatMap(({ host, devices }) => devices.map((device) => `${host} ${device}`));
  expect(new Set(taken).size).toBe(4);
});

test("a failing sequence ends with its last refusal", () => {
  const step = (vm: string, refused?: readonly Refusal[]): Step => ({ action: "power-on", vm, ...(refused ? { refused } : {}) });
  const of = (...steps: readonly Step[]): readonly string[] => failingSequence({ steps, off: [] } as unknown as Witness).steps.map(({ vm }) => vm); // prettier-ignore
  expect(of(step("a"), step("b", []), step("c"), step("d", []), step("e"))).toEqual(["a", "b", "c", "d"]);
  expect(of(step("a"))).toEqual([]);
});

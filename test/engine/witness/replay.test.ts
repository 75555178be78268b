import { Replay } from "../../../lib/engine/witness/replay";
import { Device, PlanVm } from "../../../lib/model";
import { address, after, cluster, hosts, plan, running, vm } from "../../reference/notation";
import { Compiled, compiledOf, powerOnOf } from "../compiled";

const r = running("r", "h1", [1]);
const compiled = (text: string, vms: readonly PlanVm[]): Compiled => compiledOf(plan(vms), cluster({ hosts: hosts(text), vms: [r] }));
const places = (devices: readonly Device["address"][]): readonly number[] => devices.map((each) => [0, 1, 2, 3].findIndex((at) => address(at) === each)); // prettier-ignore

describe("who is where, with names", () => {
  test("before anything happens: what runs, and the batch is off", () => {
    const { transition, inForce } = compiled("h1[A*3]", [vm("v", "A"), vm("w", "A")]);
    const replay = new Replay(transition, inForce);
    expect(replay.placements()).toEqual([{ vm: "r", host: "h1", devices: [address(1)], running: true }]);
    expect(replay.off()).toEqual(["vsphere_virtual_machine.v", "vsphere_virtual_machine.w"]);
  });

  test("devices are the lowest that are free, VMs of a class come in the plan's order", () => {
    const { transition, inForce } = compiled("h1[A*4]", [vm("w", "A"), vm("v", "A")]);
    const replay = new Replay(transition, inForce);
    const step = powerOnOf(transition.problem, "v");
    const steps = [0, 1].map(() => replay.perform(step, replay.spread(step)!));
    expect(steps.map(({ vm: id, devices }) => [id.split(".")[1], places(devices!)])).toEqual([["w", [0]], ["v", [2]]]); // prettier-ignore
    expect(replay.off()).toEqual([]);
  });

  test("what is given up is free again, with its address", () => {
    const { transition, inForce } = compiled("h1[A*2]", [vm("r", "A", { action: "delete" }), vm("v", "A,A", after("r"))]);
    const replay = new Replay(transition, inForce);
    const release = transition.problem.steps.find(({ kind }) => kind === "release")!;
    const step = powerOnOf(transition.problem, "v");
    expect(replay.spread(step)).toBeUndefined();
    const { action, devices } = replay.perform(release, transition.firstOutcome(replay.state, release));
    expect([action, places(devices!)]).toEqual(["delete", [1]]);
    expect(places(replay.perform(step, replay.spread(step)!).devices!)).toEqual([0, 1]);
  });

  test("no host has room: nothing is spread", () => {
    const { transition, inForce } = compiled("h1[A*2]", [vm("v", "A,A")]);
    expect(new Replay(transition, inForce).spread(powerOnOf(transition.problem, "v"))).toBeUndefined();
  });
});

import { batchOf } from "../../../lib/engine/compile/batch";
import { PlanIndex } from "../../../lib/engine/compile/plan-index";
import { standInPlacements, standIns, whereTheyRun } from "../../../lib/engine/compile/stand-ins";
import { Cluster, known, PlanVm } from "../../../lib/model";
import { cluster, hosts, inventory, plan, running, vm } from "../../reference/notation";

const of = (memoryMb: number, more: Partial<Cluster> = {}): Cluster =>
  cluster({ hosts: hosts("h1[A] h2[A]").map((host) => ({ ...host, memoryMb })), ...more });
const web = (more: Partial<PlanVm> = {}, name = "web"): PlanVm =>
  vm(name, "", { action: "none", memoryMb: known(4096), memoryReservationMb: known(4096), ...more });
const at = (name: string): Partial<PlanVm> => ({ presentHost: known({ by: "name", name }) });
const standing = (declared: Cluster, ...vms: readonly PlanVm[]) =>
  standIns(declared, declared, new PlanIndex(plan(vms), inventory(declared)), []);

const down: Partial<Cluster> = {
  hosts: hosts("h1[A] h2[A]").map((host) => (host.name === "h1" ? { ...host, state: "disconnected" } : host)),
};

test.each<[title: string, vm: PlanVm, cluster: Partial<Cluster>, hosts: readonly string[] | undefined]>([
  ["that reserves memory is somewhere", web(), {}, ["h1", "h2"]],
  ["that reserves CPU is, too", web({ memoryReservationMb: known(0), cpuReservationMhz: known(100) }), {}, ["h1", "h2"]],
  ["is where the plan says", web(at("h2")), {}, ["h2"]],
  ["has moved from a host that is down", web(at("h1")), down, ["h2"]],
  ["is on a host of another cluster", web(at("g1")), {}, undefined],
  ["that reserves nothing is left out", web({ memoryReservationMb: known(0) }), {}, undefined],
  ["that is off is no load", web({ isOff: true }), {}, undefined],
  ["that is new is no load yet", web({ action: "create" }), {}, undefined],
  ["that the inventory runs is there already", web(), { vms: [running("web", "h1", [])] }, undefined],
  ["that has devices is not judged", vm("web", "A", { action: "none" }), {}, undefined],
])("a VM %s", (_, asked, more, expected) => {
  expect(standing(of(12288, more), asked)[0]?.hosts).toEqual(expected);
});

test.each<[title: string, memoryMb: number, vms: readonly PlanVm[], ways: number | undefined]>([
  ["one way where memory can't run out", 1_000_000, [web()], 1],
  ["one where the plan says where they are", 6000, [web(at("h1"))], 1],
  ["one for each host", 4100, [web()], 2],
  ["one for each choice of hosts", 6000, [web(), web({}, "db")], 4],
  ["too many", 6000, Array.from({ length: 7 }, (_, index) => web({}, `web-${index}`)), undefined],
])("%s", (_, memoryMb, vms, ways) => {
  const declared = of(memoryMb);
  const found = standing(declared, ...vms);
  const index = new PlanIndex(plan(vms), inventory(declared));
  const beside = found.map(({ running: each }) => each);
  const placements = standInPlacements(found, batchOf(declared, declared, index, new Set(), { beside }));
  expect(placements?.length).toBe(ways);
  expect(new Set(placements?.map((way) => JSON.stringify(way?.map(({ host }) => host)))).size).toBe(ways ?? 0);
});

test("what hangs on where they run names those of which that is not known", () => {
  expect(whereTheyRun(standing(of(6000), web(), web(at("h1"), "db")))).toBe("it hangs on where web runs, which nothing tells");
});

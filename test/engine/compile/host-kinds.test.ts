import { Cluster, Host, PlanVm } from "../../../lib/model";
import { hosts, vm } from "../../reference/notation";
import { problemOf } from "./problem-of";

describe("hosts are of one kind where nothing in play tells them apart", () => {
  const v = vm("v", "A", { datastores: ["d"] });
  const kinds = (hosts: readonly Host[], vms: readonly PlanVm[], of: Partial<Cluster> = {}): number =>
    problemOf({ hosts, ...of }, vms).kinds.length;
  const both = (more: Partial<Host>): readonly Host[] => [...hosts("h1[A]"), ...hosts("h2[A]", more)];
  test.each<[title: string, kinds: number, expected: number]>([
    ["no host", kinds([], [v]), 0],
    ["equal", kinds(both({}), [v]), 1],
    ["a label that nobody asks for", kinds(hosts("h1[A] h2[T]"), [v]), 1],
    ["a label that somebody asks for", kinds(hosts("h1[A] h2[T]"), [v, vm("t", "T")]), 2],
    ["a device more", kinds(hosts("h1[A] h2[A*2]"), [v]), 2],
    ["memory that can't run out", kinds(both({ memoryMb: 50_000_000 }), [v]), 1],
    ["memory that can", kinds(both({ memoryMb: 2000 }), [v]), 2],
    ["a datastore that somebody wants", kinds(both({ datastores: [] }), [v]), 2],
    ["a datastore that nobody wants", kinds(both({ datastores: ["d"] }), [v]), 1],
    ["maintenance", kinds(both({ state: "maintenance" }), [v]), 2],
    ["a dedicated failover host", kinds(both({ failover: true }), [v]), 2],
    ["a release that runs as much", kinds(both({ esxi: "8.0.3" }), [v]), 1],
    ["fault domains that nobody asks about", kinds(both({ faultDomain: "b" }), [v]), 1],
  ])("%s", (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

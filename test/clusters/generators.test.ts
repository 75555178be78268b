import { readInventory } from "../../lib/inventory";
import { Inventory, Plan } from "../../lib/model";
import { readPlan } from "../../lib/stack";
import { filesOf } from "../stack/files";
import { alibaba } from "./alibaba";
import { asText } from "./as-text";
import { g96 } from "./g96";
import { Instance } from "./instance";
import { randomCluster } from "./random-cluster";
import { vcenter } from "./vcenter";

const GENERATED: readonly (readonly [string, () => Instance])[] = [
  ["g96", () => g96({ seed: 1, hostFailures: 1 })],
  ["g96, binding, half running", () => g96({ seed: 2, hostFailures: 2, binding: true, running: "half" })],
  ["a random cluster", () => randomCluster(3)],
  ["a random cluster beyond the closed forms", () => randomCluster(4, { elsewhere: true })],
  ["a vCenter", () => vcenter({ clusters: 3, hosts: 20, vms: 200 })],
];

describe("generated clusters", () => {
  test.each(GENERATED)("%s is the same each time", (_, generate) => {
    expect(JSON.stringify(generate())).toBe(JSON.stringify(generate()));
  });

  test.each(GENERATED)("%s says the same as text", (_, generate) => {
    const { plan, inventory } = generate();
    const files = filesOf(asText({ plan, inventory }));
    const read = readPlan(files, ["cdk.tf.json"], { variables: {}, variableFiles: [], stacks: [] });
    expect(facts(readInventory(files, ["inventory.json"]), read)).toEqual(facts(inventory, plan));
  });

  test("no running VM asks for more than its host has, and no device is held twice", () => {
    const { inventory } = g96({ seed: 5, hostFailures: 1, binding: true, running: "half" });
    const [{ hosts, vms }] = inventory.clusters as [Inventory["clusters"][number]];
    for (const host of hosts) {
      const here = vms.filter((vm) => vm.host === host.name);
      const held = here.flatMap(({ devices }) => devices);
      expect(new Set(held).size).toBe(held.length);
      expect(here.reduce((sum, vm) => sum + vm.memoryReservationMb + vm.overheadMb, 0)).toBeLessThanOrEqual(host.memoryMb);
      expect(here.reduce((sum, vm) => sum + vm.cpuReservationMhz, 0)).toBeLessThanOrEqual(host.cpuMhz);
    }
  });

  test("g96 has 768 devices and 300 VMs; the Alibaba trace 6,212 and 3,986, on 1,213 hosts", () => {
    expect(sizes(g96({ seed: 1, hostFailures: 1 }))).toEqual({ hosts: 96, devices: 768, vms: 300 });
    expect(sizes(alibaba("default"))).toEqual({ hosts: 1213, devices: 6212, vms: 3986 });
    expect(sizes(alibaba("gpuspec33"))).toEqual({ hosts: 1213, devices: 6212, vms: 3985 });
    expect(sizes(vcenter({ clusters: 27, hosts: 2500, vms: 40_000 }))).toEqual({ hosts: 2500, devices: 6696, vms: 40_000 });
  });
});

function sizes({ plan, inventory }: Instance): object {
  const hosts = inventory.clusters.flatMap((cluster) => cluster.hosts);
  const running = inventory.clusters.flatMap(({ vms }) => vms);
  return { hosts: hosts.length, devices: hosts.flatMap(({ devices }) => devices).length, vms: running.length + plan.vms.length };
}

/** What both ways have to agree on: the clusters but for their sources, and of each VM what it needs. */
function facts(inventory: Inventory, plan: Plan): unknown {
  const clusters = JSON.stringify(inventory.clusters, (key, value: unknown) => (key === "source" || key === "file" ? undefined : value));
  const vms = plan.vms.map(({ address, name, cluster, memoryMb, memoryReservationMb, cpuReservationMhz, carriers }) => {
    const template = carriers.template?.known ? carriers.template.value : [];
    return { address, name, cluster, memoryMb, memoryReservationMb, cpuReservationMhz, template };
  });
  return { clusters: JSON.parse(clusters), vms: vms.sort((a, b) => (a.address < b.address ? -1 : 1)) };
}

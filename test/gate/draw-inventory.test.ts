import { drawInventory } from "../../lib/gate";
import { address, cluster, device, ha, host, inventory, request, runningVm, source, template } from "../rules/builders";

test("an inventory is drawn with its running VMs where they are", () => {
  const shape = { name: "next", count: 2, memoryMb: 1, memoryReservationMb: 1, cpuReservationMhz: 0, overheadMb: 0, source };
  const declared = cluster({
    ha,
    hosts: [host("esx-01", { devices: [device("0000:01:00.0"), device("0000:02:00.0")] }), host("esx-02", { state: "standby" })],
    vms: [runningVm("old", { devices: [address("0000:01:00.0")] }), runningVm("web")],
    templates: [template("ubuntu", [request(), request()])],
    planned: [{ ...shape, requests: [request()] }],
  });
  expect(drawInventory(inventory(declared))).toEqual({
    files: ["inventory.hcl"],
    clusters: [
      {
        name: "gpu-prod",
        drs: "fully automated",
        ha: "tolerates 1",
        hosts: [
          {
            name: "esx-01",
            state: "connected",
            failover: false,
            devices: [
              { address: "0000:01:00.0", id: "10de:20f1", passthrough: "active", vm: "old", running: true },
              { address: "0000:02:00.0", id: "10de:20f1", passthrough: "active" },
            ],
          },
          { name: "esx-02", state: "standby", failover: false, devices: [] },
        ],
        otherVms: ["web"],
        templates: [{ name: "ubuntu", devices: 2 }],
        planned: [{ name: "next", count: 2, devices: 1 }],
      },
    ],
  });
});

test("several VMs of one name are told apart by their folders, as in a report", () => {
  const twins = (name: string, held: readonly string[]) =>
    ["a", "b"].map((folder, at) => ({ ...runningVm(name, held[at] === undefined ? {} : { devices: [address(held[at])] }), folder }));
  const addresses = ["0000:01:00.0", "0000:02:00.0"];
  const hosts = [host("esx-01", { devices: addresses.map((at) => device(at)) })];
  const [drawn] = drawInventory(inventory(cluster({ hosts, vms: [...twins("old", addresses), ...twins("web", [])] }))).clusters;
  expect(drawn!.hosts[0]!.devices.map(({ vm }) => vm)).toEqual(["a/old", "b/old"]);
  expect(drawn!.otherVms).toEqual(["a/web", "b/web"]);
});

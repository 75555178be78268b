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

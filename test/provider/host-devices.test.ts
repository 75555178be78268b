import { hostDevices } from "../../lib/provider/host-devices";
import { UNKNOWN } from "../../lib/provider/plugin";
import { FakeHost } from "./fake-host";

const CONFIG = { host_system_id: "host-21", ids: null, hardware_label: null, state: null, pci_ids: null, devices: null };

let host: FakeHost;
beforeAll(async () => {
  host = await FakeHost.start({
    "0000:d8:00.0": { enabled: true, active: true, label: "Training" },
    "0000:af:00.0": { enabled: true, active: true, label: "Training", holder: "train-1" },
    "0000:3b:00.0": { enabled: true },
    "0000:3c:00.0": { active: true },
    "0000:3d:00.0": {},
    "0000:00:1f.0": { capable: false },
  });
});
afterAll(() => host.stop());

async function found(given: object) {
  const call = { client: host.client(), signal: new AbortController().signal, log: () => undefined };
  return (await hostDevices.read({ ...CONFIG, ...given }, call)).state;
}

it.each<[object, readonly string[]]>([
  [{}, ["3b", "3c", "3d", "af", "d8"]],
  [{ hardware_label: "Training" }, ["af", "d8"]],
  [{ hardware_label: "" }, ["3b", "3c", "3d"]],
  [{ hardware_label: "training" }, []],
  [{ state: "active" }, ["af", "d8"]],
  [{ state: "free" }, ["d8"]],
  [{ state: "pending-reboot" }, ["3b", "3c"]],
  [{ state: "disabled" }, ["3d"]],
  [{ ids: ["8086:56c0"], state: "free" }, ["d8"]],
  [{ ids: ["0x8086:0x56C0:0000:0000"] }, ["3b", "3c", "3d", "af", "d8"]],
  [{ ids: ["10de:20f1"] }, []],
  [{ ids: [] }, []],
  // No host tells revisions.
  [{ ids: ["8086:56c0:0000:0000:a1"] }, []],
])("devices that can be passed through are found by %j", async (given, buses) => {
  expect((await found(given)).pci_ids).toEqual(buses.map((bus) => `0000:${bus}:00.0`));
});

it("each is told with what its resource tells", async () => {
  expect((await found({ hardware_label: "Training" })).devices?.[0]).toEqual({
    pci_id: "0000:af:00.0",
    vendor_id: "8086",
    device_id: "56c0",
    subvendor_id: "0000",
    subdevice_id: "0000",
    name: "Flex",
    enabled: true,
    active: true,
    reboot_pending: false,
    hardware_label: "Training",
    vm: "train-1",
  });
});

it.each<[object, readonly string[]]>([
  [{}, []],
  [{ ids: UNKNOWN, state: UNKNOWN, host_system_id: UNKNOWN }, []],
  [{ ids: ["10de:20f1", UNKNOWN, "gpu"] }, ['"gpu" is no PCI id']],
  [{ state: "busy" }, ['"busy" is no state of a device']],
  [{ state: "constructor" }, ['"constructor" is no state of a device']],
  [{ host_system_id: "" }, ["host_system_id is empty"]],
])("a filter is checked: %#", (given, words) => {
  expect((hostDevices.validate?.({ ...CONFIG, ...given }) ?? []).map(({ summary }) => summary)).toEqual(words);
});

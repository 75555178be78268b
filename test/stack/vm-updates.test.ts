import { isBlock } from "../../lib/stack/effects";
import { VIRTUAL_MACHINE } from "../../lib/stack/effects/virtual-machine";
import { readVmUpdate } from "../../lib/stack/planned/vm-update";
import { change, planOf, vmOfPlan } from "./plans";

/** Arguments that the plan of a VM may have, with the provider's defaults where these matter. */
const VM = {
  name: "x",
  num_cpus: 4,
  memory: 8192,
  firmware: "efi",
  vmware_tools_status: "guestToolsNotRunning",
  scsi_controller_count: 1,
  disk: [{ label: "disk0", key: 2000, size: 40, unit_number: 0, controller_type: "scsi" }],
  network_interface: [
    { key: 4000, network_id: "network-1", adapter_type: "vmxnet3" },
    { key: 4001, network_id: "network-2", adapter_type: "vmxnet3" },
  ],
};
const [disk] = VM.disk;
const [first, second] = VM.network_interface;

/** What an update does to a VM that has `before` beside those arguments, and has `after` afterwards. */
function updated(before: object, after: object, rest: object = {}) {
  const [was, is] = [
    { ...VM, ...before },
    { ...VM, ...before, ...after },
  ];
  return vmOfPlan(planOf([change("vsphere_virtual_machine.x", ["update"], was, is, rest)]));
}

const OFF = { power_state: "off" };
const TOOLS = { vmware_tools_status: "guestToolsRunning" };

describe("an update of an argument that is one value, and that nothing but the table decides", () => {
  const special = /^(?:num_cpus|memory|extra_config|\w+_controller_count|reboot_required|replace_trigger|storage_policy_id)$/;
  const single = Object.entries(VIRTUAL_MACHINE).filter(
    ([path]) => !path.includes(".") && !isBlock("vsphere_virtual_machine", path) && !special.test(path),
  );

  test.each(single)("%s: %p", (path, [effect, ifOff]) => {
    const { power, powersOn, moves } = readVmUpdate({ before: { [path]: "one" }, after: { [path]: "two" }, unknown: false });
    expect({ power, powersOn, moves }).toEqual({
      power: effect === "cycle" ? "cycle" : "live",
      powersOn: ifOff === "on",
      moves: effect === "move" ? [path] : [],
    });
  });
});

describe("an update", () => {
  test.each<[string, object, object, "none" | "hot-add" | "reboot"]>([
    ["of nothing", {}, {}, "none"],
    ["of what is not in the table", { newer: 1 }, { newer: 2 }, "reboot"],
    ["of what is not in the table, from nothing to its zero", {}, { newer: "", newest: 0, list: [], map: {} }, "none"],
    ["of a reservation", {}, { memory_reservation: 8192 }, "none"],
    ["of a flag", {}, { nested_hv_enabled: true }, "reboot"],
    ["of a flag, back", { nested_hv_enabled: true }, { nested_hv_enabled: null }, "reboot"],
    ["that says itself that it reboots", {}, { annotation: "x", reboot_required: true }, "reboot"],
    ["that says that it does not", {}, { nested_hv_enabled: true, reboot_required: false }, "reboot"],
    ["of fixed devices", { pci_device_id: ["0000:af:00.0"] }, { pci_device_id: ["0000:d8:00.0"] }, "reboot"],
    [
      "of fixed devices in another order",
      { pci_device_id: ["0000:af:00.0", "0000:d8:00.0"] },
      { pci_device_id: ["0000:d8:00.0", "0000:af:00.0"] },
      "none",
    ],
    ["of a clone that was imported", { imported: true, clone: [] }, { imported: false, clone: [{ template_uuid: "42-t" }] }, "none"],
    ["of a clone that is written no more", { clone: [{ template_uuid: "42-t", timeout: 30 }] }, { clone: [] }, "none"],
    [
      "of a timeout of the clone",
      { clone: [{ template_uuid: "42-t", timeout: 30 }] },
      { clone: [{ template_uuid: "42-t", timeout: 60 }] },
      "none",
    ],

    ["with more CPUs", {}, { num_cpus: 8 }, "reboot"],
    ["with more CPUs, which are hot added", { cpu_hot_add_enabled: true }, { num_cpus: 8 }, "hot-add"],
    ["with more CPUs, where hot add comes with them", {}, { num_cpus: 8, cpu_hot_add_enabled: true }, "reboot"],
    ["with fewer CPUs, where they can be added", { cpu_hot_add_enabled: true }, { num_cpus: 2 }, "reboot"],
    ["with fewer CPUs, which are hot removed", { cpu_hot_remove_enabled: true }, { num_cpus: 2 }, "hot-add"],
    ["with more memory", {}, { memory: 16384 }, "reboot"],
    ["with more memory, which is hot added", { memory_hot_add_enabled: true }, { memory: 16384 }, "hot-add"],
    ["with less memory, where it can be added", { memory_hot_add_enabled: true }, { memory: 4096 }, "reboot"],
    ["with hot added memory, and something else", { memory_hot_add_enabled: true }, { memory: 16384, hv_mode: "hvOn" }, "reboot"],

    ["of extra_config", {}, { extra_config: { a: "1" } }, "reboot"],
    ["of extra_config, softly", { extra_config_reboot_required: false }, { extra_config: { a: "1" } }, "none"],
    [
      "of extra_config, softly, and of what needs the VM off",
      { extra_config_reboot_required: false },
      { extra_config: { a: "1" }, guest_id: "other" },
      "reboot",
    ],
    ["of whether extra_config reboots", {}, { extra_config_reboot_required: false }, "none"],

    ["with one more controller", {}, { scsi_controller_count: 2 }, "reboot"],
    ["with one controller less", { scsi_controller_count: 2 }, { scsi_controller_count: 1 }, "none"],
    ["with a disk more", {}, { disk: [disk, { label: "disk1", size: 10, unit_number: 1 }] }, "none"],
    [
      "with a disk more, at a controller that is not there",
      {},
      { disk: [disk, { label: "disk1", size: 10, controller_type: "nvme" }] },
      "reboot",
    ],
    ["with a disk more, at the second controller", {}, { disk: [disk, { label: "disk1", size: 10, unit_number: 15 }] }, "reboot"],
    [
      "with a disk more, at the second controller, which is there",
      { scsi_controller_count: 2 },
      { disk: [disk, { label: "disk1", unit_number: 15 }] },
      "none",
    ],
    [
      "with a disk more, at a kind of controller that is not known",
      {},
      { disk: [disk, { label: "disk1", controller_type: "newer" }] },
      "reboot",
    ],
    ["with a disk less", { disk: [disk, { label: "disk1", key: 2001 }] }, { disk: [disk] }, "none"],
    ["with a larger disk", {}, { disk: [{ ...disk, size: 80 }] }, "none"],
    ["with a disk in another mode", {}, { disk: [{ ...disk, disk_mode: "independent_persistent" }] }, "reboot"],
    ["with a disk under another label", {}, { disk: [{ ...disk, label: "other" }] }, "none"],
    ["with disks in another order", { disk: [disk, { label: "disk1", size: 1 }] }, { disk: [{ label: "disk1", size: 1 }, disk] }, "none"],
    [
      "with two disks of one label, one of them in another mode",
      { disk: [disk, disk] },
      { disk: [disk, { ...disk, write_through: true }] },
      "reboot",
    ],

    ["with an interface more", {}, { network_interface: [first, second, { network_id: "network-3", adapter_type: "vmxnet3" }] }, "none"],
    [
      "with an SR-IOV interface more",
      {},
      { network_interface: [first, second, { network_id: "network-3", adapter_type: "sriov" }] },
      "reboot",
    ],
    ["with an interface less", {}, { network_interface: [first] }, "reboot"],
    ["with an interface less, where Tools runs", TOOLS, { network_interface: [first] }, "none"],
    ["with one interface for another", {}, { network_interface: [first, { network_id: "network-3" }] }, "reboot"],
    [
      "with an SR-IOV interface less, where Tools runs",
      { ...TOOLS, network_interface: [first, { ...second, adapter_type: "sriov" }] },
      { network_interface: [first] },
      "reboot",
    ],
    ["with an interface of another kind", {}, { network_interface: [first, { ...second, adapter_type: "e1000e" }] }, "reboot"],
    [
      "with an interface of another kind, where Tools runs",
      TOOLS,
      { network_interface: [first, { ...second, adapter_type: "e1000e" }] },
      "none",
    ],
    [
      "with an interface that becomes SR-IOV, where Tools runs",
      TOOLS,
      { network_interface: [first, { ...second, adapter_type: "sriov" }] },
      "reboot",
    ],
    ["with another physical function", TOOLS, { network_interface: [first, { ...second, physical_function: "0000:3b:00.0" }] }, "reboot"],
    ["with an interface in another network", {}, { network_interface: [first, { ...second, network_id: "network-3" }] }, "none"],

    ["with a CD-ROM", {}, { cdrom: [{ client_device: true }] }, "none"],
    ["with a vTPM", {}, { vtpm: [{ version: "2.0" }] }, "reboot"],
    ["without its vTPM", { vtpm: [{ version: "2.0" }] }, { vtpm: [] }, "reboot"],
    ["with another video card", { video_card: [{ num_displays: 1 }] }, { video_card: [{ num_displays: 2 }] }, "reboot"],
    ["with vApp properties", {}, { vapp: [{ properties: { a: "b" } }] }, "reboot"],
  ])("%s", (_, before, after, expected) => expect(updated(before, after).action).toBe(expected));

  test.each<[string, object, object, "none" | "reboot"]>([
    ["everything", {}, { after_unknown: true }, "reboot"],
    ["an argument that is changed live", {}, { after_unknown: { annotation: true } }, "none"],
    ["an argument that cycles", {}, { after_unknown: { hv_mode: true } }, "reboot"],
    ["an argument that may be hot added", { memory_hot_add_enabled: true }, { after_unknown: { memory: true } }, "reboot"],
    ["what vCenter tells", {}, { after_unknown: { default_ip_address: true, guest_ip_addresses: true, change_version: true } }, "none"],
    ["the disks", {}, { after_unknown: { disk: true } }, "reboot"],
    ["a disk's size", {}, { after_unknown: { disk: [{ size: true }] } }, "none"],
    ["a disk's mode", {}, { after_unknown: { disk: [{ disk_mode: true }] } }, "reboot"],
    ["an interface's network", {}, { after_unknown: { network_interface: [{ network_id: true }] } }, "none"],
    ["the CD-ROMs", {}, { after_unknown: { cdrom: true } }, "none"],
  ])("that does not know yet: %s", (_, before, rest, expected) => expect(updated(before, {}, rest).action).toBe(expected));

  test("with an interface of a kind that is not known yet", () => {
    const interfaces = { network_interface: [first, second, { network_id: "network-3" }] };
    const rest = { after_unknown: { network_interface: [false, false, { adapter_type: true }] } };
    expect(updated({}, interfaces, rest).action).toBe("reboot");
  });

  test("tells which arguments need the VM off though extra_config is soft", () => {
    const soft = { extra_config_reboot_required: false };
    expect(updated(soft, { extra_config: { a: "1" }, guest_id: "o", nested_hv_enabled: true, num_cpus: 8 }).softened).toEqual([
      "num_cpus",
      "guest_id",
    ]);
    expect(updated(soft, { extra_config: { a: "1" } })).not.toHaveProperty("softened");
    expect(updated({}, { extra_config: { a: "1" }, guest_id: "o" })).not.toHaveProperty("softened");
  });
});

describe("a VM that is off", () => {
  const vm = { ...VM, host_system_id: "host-1" };
  const read = (actions: string[], before: object | null, after: object | null, rest: object = {}) =>
    vmOfPlan(planOf([change("vsphere_virtual_machine.x", actions, before, after)], [], rest));

  test.each<[string, object, object, "none" | "power-on"]>([
    ["is started by what is changed live", OFF, { annotation: "x" }, "power-on"],
    ["is started by what cycles", OFF, { hv_mode: "hvOn" }, "power-on"],
    ["is started where it is suspended", { power_state: "suspended" }, { annotation: "x" }, "power-on"],
    ["is started by what is newer than the table", OFF, { newer: 1 }, "power-on"],
    ["is not started by a timeout", OFF, { poweron_timeout: 600 }, "none"],
    ["is not started by tags", OFF, { tags: ["t"] }, "none"],
    ["is started by a timeout where it has a storage policy", { ...OFF, storage_policy_id: "p" }, { poweron_timeout: 600 }, "power-on"],
    ["is not started by a move", OFF, { host_system_id: "host-2" }, "none"],
  ])("%s", (_, before, after, expected) => expect(updated(before, after)).toMatchObject({ action: expected, isOff: true }));

  test.each<[string, object]>([
    ["the state before the plan", {}],
    ["what drifted", { resource_drift: [change("vsphere_virtual_machine.x", ["update"], { power_state: "on" }, OFF)] }],
    [
      "the prior state",
      { prior_state: { values: { root_module: { resources: [{ address: "vsphere_virtual_machine.x", mode: "managed", values: OFF }] } } } },
    ],
  ])("is known by %s", (_, rest) => {
    const before = Object.keys(rest).length === 0 ? { ...vm, ...OFF } : vm;
    expect(read(["no-op"], before, before, rest)).toMatchObject({ action: "none", isOff: true });
  });

  test("keeps the action that it has otherwise", () => {
    const before = { ...vm, ...OFF };
    expect(read(["delete"], before, null)).toMatchObject({ action: "delete", isOff: true });
    expect(read(["delete", "create"], before, vm)).toMatchObject({ action: "replace-destroy-first", isOff: true });
  });

  test("is not one that was never there, or that runs", () => {
    expect(read(["create"], null, vm)).not.toHaveProperty("isOff");
    expect(read(["no-op"], { ...vm, power_state: "on" }, { ...vm, power_state: "on" })).not.toHaveProperty("isOff");
  });

  test("is on the host that the plan tells", () => {
    expect(read(["no-op"], vm, vm)).toMatchObject({ presentHost: { known: true, value: { by: "id", id: "host-1" } } });
  });
});

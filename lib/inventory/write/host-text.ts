import { Device, formatPciId, Host } from "../../model";
import { DeviceText, HostText } from "../../schema";
import { DEVICE, HOST } from "../defaults";
import { madeUpNumber } from "../made-up-address";
import { withoutRange } from "../range";
import { filled, given, unless } from "../given";
import { Note } from "./written";

/** The most devices that one counted block holds. */
const MAX_COUNT = 1024;

/** One host; devices whose addresses were made up are counted again. `note` carries the notes of a part over to its text. */
export function hostText(host: Host, note: Note): HostText {
  return note(
    host,
    given({
      name: withoutRange(host.name),
      id: host.id,
      esxi: host.esxi,
      cpu_mhz: host.cpuMhz,
      cpu_core_mhz: host.cpuCoreMhz,
      memory_mb: host.memoryMb,
      state: unless(HOST.state, host.state),
      failover: unless(HOST.failover, host.failover),
      rebind_without_reboot: unless(HOST.rebindWithoutReboot, host.rebindWithoutReboot),
      fault_domain: host.faultDomain,
      datastores: host.datastores && [...host.datastores],
      networks: host.networks && [...host.networks],
      hardware_versions: host.hardwareVersions && [...host.hardwareVersions],
      nvswitch: host.nvswitch && note(host.nvswitch, given({ modules: host.nvswitch.modules && [...host.nvswitch.modules] })),
      devices: filled(devicesText(host.devices, note)),
    }),
  );
}

function devicesText(devices: readonly Device[], note: Note): DeviceText[] {
  const single = devices.filter(({ addressDeclared }) => addressDeclared);
  const counted = devices.filter(({ addressDeclared }) => !addressDeclared);
  counted.sort((a, b) => madeUpNumber(a.address) - madeUpNumber(b.address));
  return [
    ...single.map((device) => note(device, { address: device.address, ...kindText(device) })),
    ...runsOf(counted).map(({ device, count }) => {
      const { id, ...rest } = kindText(device);
      return note(device, { id, count, ...rest });
    }),
  ];
}

/** Devices alike that follow each other, with their number. */
function runsOf(devices: readonly Device[]): readonly { readonly device: Device; readonly count: number }[] {
  const runs: { readonly device: Device; readonly kind: string; count: number }[] = [];
  for (const device of devices) {
    const kind = JSON.stringify(kindText(device));
    const run = runs.at(-1);
    if (run?.kind === kind && run.count < MAX_COUNT) run.count++;
    else runs.push({ device, kind, count: 1 });
  }
  return runs;
}

/** All of a device but where it is. */
function kindText({
  id,
  label,
  passthrough,
  healthy,
  reserved,
  bar1Gb,
  virtualFunctions,
  vgpuMode,
}: Device): Omit<DeviceText, "address" | "count"> {
  const { subVendor, subDevice, revision, ...base } = id;
  const whole = subVendor !== undefined && subDevice !== undefined;
  const alone = subVendor === undefined && subDevice === undefined;
  return given({
    id: formatPciId(whole || alone ? base : id),
    subsystem: whole ? `${hexadecimal(subVendor, 4)}:${hexadecimal(subDevice, 4)}` : undefined,
    revision: (whole || alone) && revision !== undefined ? hexadecimal(revision, 2) : undefined,
    label,
    passthrough: unless(DEVICE.passthrough, passthrough),
    healthy: unless(DEVICE.healthy, healthy),
    reserved,
    bar1_gb: bar1Gb,
    virtual_functions: virtualFunctions,
    vgpu_mode: vgpuMode,
  });
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

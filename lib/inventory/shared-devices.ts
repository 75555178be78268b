import { Host, parsePciAddress, quoted, SharedDevices } from "../model";
import { PlannedText, TemplateText, VmText } from "../schema";
import { Context } from "./context";
import { given } from "./given";

/** The vGPUs and device groups of a planned VM or a template: carried along, not judged. */
export function sharedDevicesOf({ vgpus, device_groups }: PlannedText | TemplateText): SharedDevices {
  return given({
    vgpus: vgpus?.length ? vgpus.map(({ profile, count }) => ({ profile, count: count ?? 1 })) : undefined,
    deviceGroups: device_groups?.length ? device_groups.map(({ name }) => ({ name })) : undefined,
  });
}

/** Those of a VM that is there, which may say where they are. */
export function heldSharedDevicesOf(text: VmText, host: Host | undefined, context: Context): SharedDevices {
  const vgpus = (text.vgpus ?? []).map((vgpu) => {
    const device = vgpu.device === undefined ? undefined : parsePciAddress(vgpu.device)!;
    const wrong = device === undefined || !host ? undefined : unfit(device, host, context);
    if (wrong !== undefined) context.mistake(vgpu, "device", `device ${quoted(device!)} of vgpu ${quoted(vgpu.profile)} ${wrong}`);
    return given({ profile: vgpu.profile, count: vgpu.count ?? 1, device, start: vgpu.start });
  });
  const groups = (text.device_groups ?? []).map(({ name, devices }) => {
    const addresses = devices?.map((address) => parsePciAddress(address)!);
    addresses?.forEach((address, at) => {
      const wrong = host && !context.isPulled ? missing(address, host, context) : undefined;
      if (wrong !== undefined) context.mistake(devices!, at, `device ${quoted(address)} of device_group ${quoted(name)} ${wrong}`);
    });
    return given({ name, devices: addresses });
  });
  return given({ vgpus: vgpus.length > 0 ? vgpus : undefined, deviceGroups: groups.length > 0 ? groups : undefined });
}

function unfit(address: string, host: Host, context: Context): string | undefined {
  const declared = host.devices.filter(({ addressDeclared }) => addressDeclared);
  const device = declared.find((each) => each.address === address);
  if (device)
    return device.passthrough === "vgpu" ? undefined : `is not shared: expected passthrough = "vgpu", found "${device.passthrough}"`;
  return missing(address, host, context);
}

/** What a host that has no device at an address is said to lack. */
export function missing(address: string, host: Pick<Host, "name" | "devices">, context: Context): string | undefined {
  const known = host.devices.flatMap((each) => (each.addressDeclared ? [each.address] : []));
  if (known.some((each) => each === address) || context.hostsWithGaps.has(host.name)) return undefined;
  return `is not on host ${quoted(host.name)}${context.hint(address, known)}`;
}

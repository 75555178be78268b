import { counted, DeviceAtEnd, formatPciId, HostAtEnd, ReportDevice, ReportHost } from "../model";

/** Hosts and devices as the report draws them. */
export function drawHosts(hosts: readonly HostAtEnd[]): readonly ReportHost[] {
  return hosts.map(({ name, state, failover, devices }) => ({ name, state, failover, devices: devices.map(drawDevice) }));
}

function drawDevice(device: DeviceAtEnd): ReportDevice {
  const { address, addressDeclared, id, label, passthrough, holder, stranded } = device;
  const unavailable = whyUnavailable(device);
  return {
    address,
    ...(addressDeclared ? {} : { madeUp: true }),
    id: formatPciId(id),
    ...(label === undefined ? {} : { label }),
    passthrough,
    ...holder,
    ...(unavailable === undefined ? {} : { unavailable }),
    ...(stranded ? { stranded } : {}),
  };
}

function whyUnavailable({ healthy, reserved, virtualFunctions }: DeviceAtEnd): string | undefined {
  if (reserved !== undefined) return `reserved: ${reserved}`;
  if (!healthy) return "unhealthy";
  return virtualFunctions === undefined ? undefined : `serves ${counted(virtualFunctions, "SR-IOV function")}`;
}

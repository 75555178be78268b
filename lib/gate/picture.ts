import { DeviceAtEnd, formatPciId, HostAtEnd, ReportDevice, ReportHost } from "../model";

/** Hosts and devices as the report draws them. */
export function drawHosts(hosts: readonly HostAtEnd[]): readonly ReportHost[] {
  return hosts.map(({ name, state, failover, devices }) => ({ name, state, failover, devices: devices.map(drawDevice) }));
}

function drawDevice({ address, addressDeclared, id, label, passthrough, healthy, reserved, holder, stranded }: DeviceAtEnd): ReportDevice {
  return {
    address,
    ...(addressDeclared ? {} : { madeUp: true }),
    id: formatPciId(id),
    ...(label === undefined ? {} : { label }),
    passthrough,
    ...holder,
    ...(reserved !== undefined ? { unavailable: `reserved: ${reserved}` } : healthy ? {} : { unavailable: "unhealthy" }),
    ...(stranded ? { stranded } : {}),
  };
}

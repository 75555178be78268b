import { Device, quoted } from "../../model";
import { unclearHolders } from "../compile/held-by-kind";
import { DeviceChangeAsked } from "./change";
import { Asked, cannot, findDevice, findHost, withCluster } from "./find";

export function changeDevice(asked: Asked, change: DeviceChangeAsked): Asked {
  const { cluster, host } = findHost(asked, change);
  const device = findDevice(host, change.device);
  const [unclear] = unclearHolders(cluster, [{ host: host.name, address: device.address }]);
  if (unclear !== undefined) throw cannot(device.source, unclear);
  const holder = cluster.vms.find((vm) => vm.host === host.name && vm.devices.includes(device.address));
  if (change.kind === "disable-device" && holder) {
    const what = `device ${quoted(device.address)} of host ${quoted(host.name)}`;
    throw cannot(device.source, `${what} can't be disabled: vm ${quoted(holder.name)} runs with it; leave that out, too`);
  }
  const devices = host.devices.map((each) => (each === device ? changed(device, change) : each));
  return withCluster(asked, cluster, { hosts: cluster.hosts.map((each) => (each === host ? { ...host, devices } : each)) });
}

function changed(device: Device, change: DeviceChangeAsked): Device {
  switch (change.kind) {
    case "label-device": {
      const { label: _, ...unlabelled } = device;
      return change.label === "" ? unlabelled : { ...unlabelled, label: change.label };
    }
    case "enable-device":
      return { ...device, passthrough: "active" };
    case "disable-device":
      return { ...device, passthrough: "disabled" };
    case "set-device-aside":
      return { ...device, reserved: change.why };
  }
}

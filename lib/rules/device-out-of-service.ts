import { Device, groupBy, isCapacity, isUsable, listing, matchesIdAndLabel } from "../model";
import { Rule } from "./rule";
import { devicesInWords } from "./words/devices-in-words";

export const deviceOutOfService: Rule = {
  id: "device-out-of-service",
  severity: "note",
  title: "a device that the VMs could use is no capacity as it is",
  explanation:
    "A device is capacity only in passthrough mode, active, healthy and not set aside. One that waits for a reboot, has passthrough disabled, is in vGPU mode, unhealthy or reserved takes no VM.",
  fix: "make the device active (enable passthrough, reboot the host, mend or release it), if it is needed",
  check: ({ clusters, changes, hostName }) => {
    const changed = new Set(changes.map(({ device }) => device));
    return clusters.flatMap(({ cluster, askers }) => {
      const requests = askers.flatMap((asker) => asker.requests);
      const idle = cluster.hosts
        .filter(isUsable)
        .flatMap((host) =>
          host.devices
            .filter(
              (device) => !isCapacity(device) && !changed.has(device) && requests.some((request) => matchesIdAndLabel(request, device)),
            )
            .map((device) => ({ host, device, why: stateInWords(device) })),
        );
      return [...groupBy(idle, ({ why }) => why).entries()].flatMap(([why, entries]) => {
        const [first, ...others] = entries;
        if (first === undefined) return [];
        const hosts = listing([...new Set(entries.map(({ host }) => hostName(host.name)))]);
        const devices = devicesInWords(entries.map(({ device }) => device.id));
        const message = `${devices} at ${hosts} that the VMs could use ${others.length === 0 ? "is" : "are"} not counted: ${why}`;
        return [{ cluster: cluster.name, source: first.device.source, message }];
      });
    });
  },
};

function stateInWords({ passthrough, healthy, reserved }: Device): string {
  if (passthrough === "pending-reboot") return "passthrough waits for a reboot";
  if (passthrough === "disabled") return "passthrough is disabled";
  if (passthrough === "vgpu") return "it is in vGPU mode";
  if (!healthy) return "it is unhealthy";
  return `it is set aside (${reserved ?? ""})`;
}

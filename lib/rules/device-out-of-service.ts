import { Device, groupBy, isCapacity, isUsable, listing, matchesIdAndLabel } from "../model";
import { askersOf } from "./facts/asks";
import { Rule } from "./rule";
import { devicesInWords } from "./words/devices-in-words";

export const deviceOutOfService: Rule = {
  id: "device-out-of-service",
  severity: "note",
  refuses: ["no-matching-device", "no-free-device"],
  title: "a device that the VMs could use is no capacity as it is",
  explanation:
    "A device is capacity only in passthrough mode, active, healthy and not set aside. One that waits for a reboot, has passthrough disabled, is in vGPU mode, unhealthy, reserved, or serves SR-IOV functions (virtual_functions) takes no VM.",
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
            .map((device) => ({ host, device, ...stateInWords(device) })),
        );
      return [...groupBy(idle, ({ why }) => why).entries()].flatMap(([why, entries]) => {
        const [first, ...others] = entries;
        if (first === undefined) return [];
        const hosts = listing([...new Set(entries.map(({ host }) => hostName(host.name)))]);
        const devices = devicesInWords(entries.map(({ device }) => device.id));
        const message = `${devices} at ${hosts} that the VMs could use ${others.length === 0 ? "is" : "are"} not counted: ${why}`;
        const vms = askersOf(
          askers,
          entries.map(({ device }) => device),
        );
        const fix = `${first.mend(hosts)} before the apply, if ${others.length === 0 ? "the device is" : "the devices are"} needed`;
        return [{ cluster: cluster.name, vms, fix, source: first.device.source, message }];
      });
    });
  },
};

interface StateInWords {
  readonly why: string;
  /** What makes it capacity. */
  readonly mend: (hosts: string) => string;
}

function stateInWords({ passthrough, healthy, reserved, virtualFunctions }: Device): StateInWords {
  if (passthrough === "pending-reboot") return { why: "passthrough waits for a reboot", mend: (hosts) => `reboot ${hosts}` };
  if (passthrough === "disabled") return { why: "passthrough is disabled", mend: (hosts) => `enable passthrough at ${hosts}` };
  if (passthrough === "vgpu") return { why: "it is in vGPU mode", mend: (hosts) => `change from vGPU to passthrough at ${hosts}` };
  if (!healthy) return { why: "it is unhealthy", mend: (hosts) => `mend the device at ${hosts}` };
  if (reserved === undefined && virtualFunctions !== undefined) {
    return { why: "its functions are handed out (SR-IOV)", mend: (hosts) => `turn SR-IOV off at ${hosts}` };
  }
  return { why: `it is set aside (${reserved ?? ""})`, mend: (hosts) => `release what is reserved at ${hosts}` };
}

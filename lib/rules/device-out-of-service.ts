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
        const fix = `${first.mend} at ${hosts} before the apply, if ${others.length === 0 ? "it is" : "they are"} needed`;
        return [{ cluster: cluster.name, vms, fix, source: first.device.source, message }];
      });
    });
  },
};

/** Why it is no capacity, and what makes it one. */
function stateInWords({ passthrough, healthy, reserved }: Device): { readonly why: string; readonly mend: string } {
  if (passthrough === "pending-reboot") return { why: "passthrough waits for a reboot", mend: "let the pending reboot happen" };
  if (passthrough === "disabled") return { why: "passthrough is disabled", mend: "enable passthrough (passthru_host_device)" };
  if (passthrough === "vgpu") return { why: "it is in vGPU mode", mend: "change from vGPU to passthrough" };
  if (!healthy) return { why: "it is unhealthy", mend: "mend the device" };
  return { why: `it is set aside (${reserved ?? ""})`, mend: "give back what is reserved in the inventory" };
}

import { groupBy, isCapacity, isUsable, listing, matchesIdAndLabel } from "../model";
import { askersOf } from "./facts/asks";
import { Rule } from "./rule";
import { devicesInWords } from "./words/devices-in-words";

const IN_WORDS = {
  disconnected: "disconnected",
  maintenance: "in maintenance",
  "entering-maintenance": "entering maintenance",
  standby: "in standby",
} as const;

export const hostOutOfService: Rule = {
  id: "host-out-of-service",
  severity: "note",
  refuses: ["maintenance", "disconnected", "standby"],
  title: "a host that is out of service has devices that the VMs could use",
  explanation: "Hosts that are disconnected, in standby, in maintenance or entering it take no VM. Their devices are not counted.",
  fix: "bring the host back before the apply, if its devices are needed",
  check: ({ clusters, hostName }) =>
    clusters.flatMap(({ cluster, askers }) => {
      const requests = askers.flatMap((asker) => asker.requests);
      const outOfService = cluster.hosts.flatMap((host) => {
        if (isUsable(host) || host.state === "connected") return [];
        const devices = host.devices.filter(isCapacity).filter((device) => requests.some((request) => matchesIdAndLabel(request, device)));
        return devices.length === 0 ? [] : [{ name: host.name, state: host.state, source: host.source, devices }];
      });
      return [...groupBy(outOfService, ({ state }) => state).values()].flatMap((hosts) => {
        const [first, ...others] = hosts;
        if (first === undefined) return [];
        const away = `${listing(hosts.map(({ name }) => hostName(name)))} ${others.length === 0 ? "is" : "are"} ${IN_WORDS[first.state]}`;
        const devices = hosts.flatMap((host) => host.devices);
        const counted = `that the VMs could use ${devices.length === 1 ? "is" : "are"} not counted`;
        const message = `${away}: ${devicesInWords(devices.map(({ id }) => id))} ${counted}`;
        const fix = `bring ${listing(hosts.map(({ name }) => hostName(name)))} back before the apply, if ${others.length === 0 ? "its" : "their"} devices are needed`;
        return [{ cluster: cluster.name, fix, vms: askersOf(askers, devices), source: first.source, message }];
      });
    }),
};

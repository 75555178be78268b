import { DEVICE_CHANGE_ACTIONS, DeviceChange, groupBy, hostOf, HostRef, Inventory, listing } from "../model";
import { Facts } from "./facts/facts";
import { Rule } from "./rule";

export const twoOwners: Rule = {
  id: "two-owners",
  severity: "error",
  title: "two passthru_host_device resources manage the same device",
  explanation: "Each writes both passthrough and label of its device, so that two of them undo each other's work at every apply.",
  fix: "keep one passthru_host_device for each device",
  check: ({ plan, inventory, hostName }) => {
    const changes = plan.deviceChanges.flatMap((change) => {
      const device = DEVICE_CHANGE_ACTIONS[change.action].givesBack ? undefined : deviceOf(change, inventory, hostName);
      return device === undefined ? [] : [{ change, ...device }];
    });
    return [...groupBy(changes, ({ key }) => key).values()].flatMap((owners) => {
      const last = owners.at(-1);
      if (last === undefined || owners.length < 2) return [];
      const { address, constructPath, source } = last.change;
      const place = { resource: address, ...(constructPath === undefined ? {} : { constructPath }), source };
      const names = listing(owners.map(({ change }) => change.address));
      const cluster = last.cluster === undefined ? {} : { cluster: last.cluster };
      return [{ ...cluster, ...place, message: `${last.name} has ${owners.length} owners: ${names}` }];
    });
  },
};

interface OwnedDevice {
  readonly key: string;
  readonly name: string;
  readonly cluster?: string;
}

/** The device that a change is about; its host by the inventory's name, so that a name and an id of one host are the same. */
function deviceOf({ host, pciAddress }: DeviceChange, { clusters }: Inventory, hostName: Facts["hostName"]): OwnedDevice | undefined {
  if (!host.known || !pciAddress.known) return undefined;
  for (const cluster of clusters) {
    const found = hostOf(host.value, cluster);
    if (found.known && found.value) {
      const { name } = found.value;
      const key = JSON.stringify([cluster.name, name, pciAddress.value]);
      return { key, name: `${pciAddress.value} of ${hostName(name)}`, cluster: cluster.name };
    }
  }
  const name = nameIn(host.value);
  return { key: JSON.stringify([host.value.by, name, pciAddress.value]), name: `${pciAddress.value} of ${name}` };
}

function nameIn(ref: HostRef): string {
  return ref.by === "name" ? ref.name : ref.id;
}

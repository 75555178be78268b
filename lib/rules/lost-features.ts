import { listing, Maybe } from "../model";
import { asksForDevices } from "./facts/asks";
import { resourcePlace } from "./facts/facts";
import { Rule } from "./rule";

export const lostFeatures: Rule = {
  id: "lost-features",
  severity: "warning",
  title: "the stack relies on a feature that a VM with passthrough devices does not have",
  explanation:
    "vSphere does not offer hot adding of CPU and memory, nor snapshots, for a VM with passthrough devices: its memory is reserved in " +
    "full and mapped for its devices, whose state can't be saved (vSphere Networking, DirectPath I/O).",
  fix: "set cpu_hot_add_enabled and memory_hot_add_enabled to false, and remove the snapshot",
  check: ({ vms, plan, nameOf }) => {
    const withDevices = vms.filter(asksForDevices);
    const addresses = new Set(withDevices.map(({ vm }) => vm.address));
    const hotAdds = withDevices.flatMap(({ vm, place }) => {
      const enabled = [...(saysYes(vm.cpuHotAdd) ? ["CPU"] : []), ...(saysYes(vm.memoryHotAdd) ? ["memory"] : [])];
      const subject = `${nameOf(vm.address)} has ${listing(enabled)} hot add enabled`;
      if (enabled.length === 0) return [];
      const fix = `set ${listing(enabled.map((what) => `${what.toLowerCase()}_hot_add_enabled`))} to false`;
      return [{ ...place, message: `${subject}, which it does not have with passthrough devices`, fix }];
    });
    const snapshots = (plan.snapshots ?? []).flatMap((snapshot) => {
      if (!snapshot.vm.known || !addresses.has(snapshot.vm.value)) return [];
      const subject = `${snapshot.address} is a snapshot of ${nameOf(snapshot.vm.value)}`;
      const message = `${subject}, which can't have one while it runs with passthrough devices`;
      return [{ ...resourcePlace(snapshot), message, fix: "remove the snapshot" }];
    });
    return [...hotAdds, ...snapshots];
  },
};

function saysYes(flag: Maybe<boolean> | undefined): boolean {
  return flag?.known === true && flag.value;
}

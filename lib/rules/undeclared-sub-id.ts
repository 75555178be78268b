import { counted, distinct, groupBy, listing } from "../model";
import { remarksOf } from "./facts/remarks";
import { Rule } from "./rule";

export const undeclaredSubId: Rule = {
  id: "undeclared-sub-id",
  severity: "warning",
  makesUnknown: true,
  title: "a VM asks for a sub-id or revision that the inventory does not declare",
  explanation:
    "Whether a device matches can't be told without its subsystem ids and revision. A verdict is given only where it is the same for " +
    "every value they may have.",
  fix: "declare subsystem and revision of these devices",
  check: (facts) => {
    const byVm = groupBy(remarksOf(facts, "undeclared-sub-id"), ({ judged, remark }) => JSON.stringify([judged.name, remark.vm]));
    return [...byVm.values()].flatMap((devices) => {
      const [first] = devices;
      if (first === undefined) return [];
      const { judged, remark } = first;
      const hosts = listing(distinct(devices.map((device) => facts.hostName(device.remark.host))));
      const subject = `${facts.nameOf(remark.vm)} asks for sub-ids that the inventory does not declare`;
      return [{ ...facts.placeOf(judged, remark.vm), message: `${subject} for ${counted(devices.length, "device")}, of ${hosts}` }];
    });
  },
};

import { PlanNote } from "../../model";
import { poolPlace } from "../meaning/places";
import { Placed } from "../placed";

/** A running VM that the plan puts into another cluster or on another host: that it can move is not judged. */
export function moveNotes({ attributes, before, address, action, metadata }: Placed): readonly PlanNote[] {
  if (before === undefined || (action !== "none" && action !== "reboot")) return [];
  const [from, to] = [before, attributes].map((each) => poolPlace(each.value("resource_pool_id")).cluster);
  // A cluster that is not known is a finding of its own.
  const leaves = from?.known === true && to?.known === true && JSON.stringify(from) !== JSON.stringify(to);
  const host = attributes.value("host_system_id");
  const moves = host !== undefined && before.instance.block.body["host_system_id"] !== attributes.instance.block.body["host_system_id"];
  if (!leaves && !moves) return [];
  return [
    {
      rule: "move-not-judged",
      ...(leaves ? {} : { severity: "warning" }),
      resource: address,
      source: metadata.source,
      message: `the plan moves it to another ${leaves ? "cluster" : "host"} while it exists: whether it can move is not judged`,
    },
  ];
}

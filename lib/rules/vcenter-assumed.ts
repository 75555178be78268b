import { groupBy, quoted, vcenterOf } from "../model";
import { namesOf, placeOfAll } from "./facts/fold";
import { Rule } from "./rule";

export const vcenterAssumed: Rule = {
  id: "vcenter-assumed",
  severity: "note",
  title: "a provider's vCenter is taken for the inventory's, though their names differ",
  explanation:
    "A name beside an address, or a short name beside a full one, can be one server or two. They are taken for one: the other servers " +
    "of the configuration are not the inventory's.",
  fix: "write the same name in the provider's vsphere_server and in the inventory's vcenter",
  check: (facts) => {
    const assumed = facts.vms.flatMap((placed) => {
      const { clusterPlace } = placed;
      if (clusterPlace.kind !== "declared" || clusterPlace.vcenter === undefined) return [];
      return [{ placed, server: clusterPlace.vcenter, declared: vcenterOf(clusterPlace.cluster) ?? "" }];
    });
    return [...groupBy(assumed, ({ server, declared }) => JSON.stringify([server, declared])).values()].flatMap((same) => {
      const [first] = same;
      if (first === undefined) return [];
      const vms = same.map(({ placed }) => placed);
      const message = `the vCenter ${quoted(first.server)} of ${namesOf(facts, vms)} is taken to be the inventory's ${quoted(first.declared)}`;
      return [{ ...placeOfAll(vms.map(({ place }) => place)), message }];
    });
  },
};

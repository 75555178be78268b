import { distinct, formatPciId, gpuModels, groupBy, listing, PciId } from "../model";
import { Asker } from "./facts/facts";
import { placeOfAll } from "./facts/fold";
import { Rule } from "./rule";

export const sharedPciId: Rule = {
  id: "shared-pci-id",
  severity: "note",
  title: "a request names an id that several GPU models share",
  explanation: "Vendor and device id alone do not tell these models apart, so that the VM may be given either of them.",
  fix: "name the sub-ids in the request, or a hardware label",
  check: ({ clusters }) =>
    clusters.flatMap(({ askers }) => {
      const asked = askers.flatMap((asker) => sharedIds(asker).map((id) => ({ id, asker })));
      return [...groupBy(asked, ({ id }) => id).values()].flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const names = listing(group.map(({ asker }) => asker.name));
        const message = `${names} ${group.length === 1 ? "asks" : "ask"} for ${first.id}`;
        return [{ ...placeOfAll(group.map(({ asker }) => asker.place)), message }];
      });
    }),
};

/** Ids that are asked for without a label and sub-ids, each with the models that share it. */
function sharedIds({ requests }: Asker): readonly string[] {
  const ids = requests.filter(({ label }) => label === undefined).flatMap(({ allowed }) => allowed.filter(isAmbiguous));
  return distinct(ids.map((id) => `${formatPciId(id)}, which is the id of ${listing(gpuModels(id).map(({ name }) => name))}`));
}

function isAmbiguous(id: PciId): boolean {
  return id.subVendor === undefined && id.subDevice === undefined && gpuModels(id).length > 1;
}

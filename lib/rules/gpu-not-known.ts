import { distinct, formatPciId, gpuName, groupBy, listing, mmioSettings, PciId } from "../model";
import { hasStarted, knownRequests } from "./facts/asks";
import { bar1sOfId } from "./facts/bar-sizes";
import { idsOf } from "./facts/device-ids";
import { PlacedVm } from "./facts/facts";
import { placeOfAll } from "./facts/fold";
import { Rule } from "./rule";

export const gpuNotKnown: Rule = {
  id: "gpu-not-known",
  severity: "note",
  title: "a VM asks for a device whose memory window is not known",
  explanation:
    "How large the memory window (BAR1) of a device is decides whether its VM needs EFI and a 64-bit MMIO space, and of which size. It is " +
    "not known for a model that the catalogue of GPUs lacks, and for workstation GPUs, whose display mode and Resizable BAR set it.",
  fix: "declare bar1_gb at the devices in the inventory, or set pciPassthru.use64bitMMIO and pciPassthru.64bitMMIOSizeGB",
  check: ({ vms, nameOf }) => {
    const asked = vms.flatMap((placed) => unknownIds(placed).map((id) => ({ id, placed })));
    return [...groupBy(asked, ({ id }) => formatPciId(id)).values()].map((group) => {
      const names = distinct(group.map(({ placed }) => nameOf(placed.vm.address)));
      const [asks, needs] = names.length === 1 ? ["asks", "it needs"] : ["ask", "they need"];
      const what = `${listing(names)} ${asks} for ${inWords(group[0]!.id)}, whose BAR1 size is not known`;
      const message = `${what}: whether ${needs} EFI and 64-bit MMIO keys was not judged`;
      return { ...placeOfAll(group.map(({ placed }) => placed.place)), message };
    });
  },
};

/** What a VM that starts asks for without sizing its window itself, each once. */
function unknownIds(placed: PlacedVm): readonly PciId[] {
  const { extraConfig } = placed.vm;
  if (hasStarted(placed) || !extraConfig.known || mmioSettings(extraConfig.value).use !== undefined) return [];
  const ids = knownRequests(placed).flatMap((request) => idsOf(placed, request));
  const kinds = new Map(ids.map(({ vendor, device }) => [formatPciId({ vendor, device }), { vendor, device }]));
  return [...kinds.values()].filter((id) => bar1sOfId(placed, id).includes(undefined));
}

function inWords(id: PciId): string {
  const name = gpuName(id);
  return name === undefined ? formatPciId(id) : `${name} (${formatPciId(id)})`;
}

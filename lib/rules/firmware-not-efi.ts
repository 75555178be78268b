import { distinct, gpuModels, listing, needs64BitMmio, PciId } from "../model";
import { knownRequests } from "./facts/asks";
import { idsOf } from "./facts/device-ids";
import { Rule } from "./rule";
import { deviceName } from "./words/devices-in-words";

export const firmwareNotEfi: Rule = {
  id: "firmware-not-efi",
  severity: "warning",
  title: "a VM with large GPUs has BIOS firmware",
  explanation:
    "A GPU whose memory window (BAR1) is larger than 256 MB needs 64-bit MMIO, and with it EFI. BIOS is what the vSphere provider sets " +
    "where nothing is said.",
  fix: 'set firmware = "efi", with a guest that was installed with it',
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place } = placed;
      if (!vm.firmware.known || vm.firmware.value.toLowerCase() !== "bios") return [];
      const large = knownRequests(placed)
        .flatMap((request) => idsOf(placed, request))
        .filter(isLarge);
      if (large.length === 0) return [];
      const models = distinct(large.map(({ vendor, device }) => deviceName({ vendor, device })));
      const need = models.length === 1 ? "needs" : "need";
      return [{ ...place, message: `${nameOf(vm.address)} has BIOS firmware; ${listing(models)} ${need} EFI` }];
    }),
};

/** Whether every model with this id needs EFI; ids that the catalogue doesn't have say nothing. */
function isLarge(id: PciId): boolean {
  const models = gpuModels(id);
  return models.length > 0 && models.every(({ bar1Gb }) => needs64BitMmio(bar1Gb));
}

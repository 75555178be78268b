import { distinct, listing, needs64BitMmio, PciId } from "../model";
import { hasStarted, knownRequests } from "./facts/asks";
import { Bar1, bar1sOf, bar1sOfId } from "./facts/bar-sizes";
import { idsOf } from "./facts/device-ids";
import { Rule } from "./rule";
import { deviceName } from "./words/devices-in-words";

/** The arguments that decide it. */
const DECIDING = ["firmware", "pci_device_id"];

export const firmwareNotEfi: Rule = {
  id: "firmware-not-efi",
  severity: "error",
  title: "a VM with large GPUs has BIOS firmware",
  explanation:
    "A GPU whose memory window (BAR1) is larger than 256 MB needs 64-bit MMIO, and with it EFI: with BIOS firmware the VM does not " +
    "start with it. BIOS is what the vSphere provider sets where nothing is said. A warning where only some of the allowed GPUs are that " +
    "large, and for a VM that runs with its devices.",
  fix: 'set firmware = "efi", with a guest that was installed with it',
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place } = placed;
      if (!vm.firmware.known || vm.firmware.value.toLowerCase() !== "bios") return [];
      const requests = knownRequests(placed);
      const large = requests.flatMap((request) => idsOf(placed, request)).filter((id) => areLarge(bar1sOfId(placed, id)));
      if (large.length === 0) return [];
      const certain = !hasStarted(placed, DECIDING) && requests.some((request) => areLarge(bar1sOf(placed, request)));
      const message = `${nameOf(vm.address)} has BIOS firmware; ${modelsInWords(large)} EFI`;
      return [{ ...place, message, ...(certain ? {} : { severity: "warning" as const }) }];
    }),
};

/** Whether every one of them needs EFI; one whose size is not known says nothing. */
function areLarge(bars: readonly Bar1[]): boolean {
  return bars.length > 0 && bars.every((bar) => bar !== undefined && needs64BitMmio(bar));
}

function modelsInWords(ids: readonly PciId[]): string {
  const models = distinct(ids.map(({ vendor, device }) => deviceName({ vendor, device })));
  return `${listing(models)} ${models.length === 1 ? "needs" : "need"}`;
}

import {
  DEFAULT_WINDOW_GB,
  listing,
  MMIO_SIZE_KEY as SIZE,
  MMIO_USE_KEY as USE,
  mmioSettings,
  MmioSettings,
  mmioSizeGb,
  nearMiss,
  needs64BitMmio,
  quoted,
} from "../model";
import { asksForDevices, hasStarted, knownRequests } from "./facts/asks";
import { bar1sOf } from "./facts/bar-sizes";
import { PlacedVm } from "./facts/facts";
import { Hit, Rule } from "./rule";
import { requestsInWords } from "./words/devices-in-words";

/** The arguments that decide it. */
const DECIDING = ["extra_config", "pci_device_id"];

export const mmioTooSmall: Rule = {
  id: "mmio-too-small",
  severity: "error",
  title: "a VM's 64-bit MMIO window is too small for its GPUs",
  explanation:
    "A VM maps the memory windows (BARs) of its GPUs into its 64-bit MMIO space, which has to be a power of two above their sum, or the " +
    "VM does not power on. More is harmless. A warning where 64-bit MMIO is not turned on, because the template may do that, where only " +
    "some of the allowed GPUs are too large, and where a key is misspelt.",
  fix: `set ${USE} = "TRUE" and ${SIZE} in extra_config, to what its GPUs need`,
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place } = placed;
      if (!vm.extraConfig.known || hasStarted(placed, DECIDING)) return [];
      const keys = Object.keys(vm.extraConfig.value);
      if (keys.length === 0 && !asksForDevices(placed)) return [];
      const findings = [...misspelt(keys), ...tooSmall(placed, mmioSettings(vm.extraConfig.value))];
      return findings.map((hit) => ({ ...place, ...hit, message: `${nameOf(vm.address)} ${hit.message}` }));
    }),
};

function misspelt(keys: readonly string[]): readonly Hit[] {
  const right = [USE, SIZE].map((key) => key.toLowerCase());
  return keys.flatMap((key) => {
    if (right.includes(key.toLowerCase())) return [];
    const meant = nearMiss(key, [USE, SIZE]);
    if (meant === undefined && !/^pciPassthru\..*mmio/i.test(key)) return [];
    const suggestion = meant === undefined ? `known are ${listing([USE, SIZE])}` : `did you mean ${quoted(meant)}?`;
    const fix = `write ${meant ?? listing([USE, SIZE], "or")} in extra_config`;
    return [{ severity: "warning", fix, message: `has the key ${quoted(key)} in extra_config, which means nothing; ${suggestion}` }];
  });
}

function tooSmall(placed: PlacedVm, { use, size }: MmioSettings): readonly Hit[] {
  const { least, most } = neededGb(placed);
  if (most === undefined) return [];
  const requests = knownRequests(placed);
  const need = requests.length === 1 ? "needs" : "need";
  const gpus = `${requestsInWords(requests)} ${need}`;
  const fix = `set ${USE} = "TRUE" and ${SIZE} = "${most}" in extra_config`;
  if (use?.toLowerCase() !== "true") {
    if (least === undefined) return [];
    const found = use === undefined ? `does not set ${USE}` : `has ${USE} = ${quoted(use)}`;
    return [{ severity: "warning", fix, message: `${found}; ${gpus} a 64-bit MMIO window of ${least} GB` }];
  }
  if (size === undefined) {
    return most <= DEFAULT_WINDOW_GB ? [] : [{ severity: "warning", fix, message: `does not set ${SIZE}; ${gpus} ${most}` }];
  }
  const has = `has ${SIZE} = ${WHOLE_NUMBER.test(size) ? size.trim() : quoted(size)}`;
  if (!WHOLE_NUMBER.test(size)) return [{ severity: "warning", fix, message: `${has}, which is no whole number of GB; ${gpus} ${most}` }];
  if (least !== undefined && Number(size) < least) return [{ fix, message: `${has}; ${gpus} ${least}` }];
  return Number(size) < most ? [{ severity: "warning", fix, message: `${has}; the largest that may be given ${need} ${most}` }] : [];
}

const WHOLE_NUMBER = /^\s*\d{1,9}\s*$/;

/** The window for the smallest and the largest devices that the requests allow; undefined where they need none, or are not known. */
function neededGb(placed: PlacedVm): { readonly least: number | undefined; readonly most: number | undefined } {
  const sizes = knownRequests(placed).map((request) => {
    const bars = bar1sOf(placed, request);
    const known = bars.filter((bar) => bar !== undefined);
    // A device whose size is not known may be one without a window.
    return { least: bars.length === 0 || known.length < bars.length ? 0 : Math.min(...known), most: Math.max(0, ...known) };
  });
  const window = (bars: readonly number[]): number | undefined => mmioSizeGb(bars.filter((bar) => bar > 0 && needs64BitMmio(bar)));
  return { least: window(sizes.map(({ least }) => least)), most: window(sizes.map(({ most }) => most)) };
}

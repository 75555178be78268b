import { gpuModels, listing, mmioSizeGb, nearMiss, needs64BitMmio, quoted } from "../model";
import { asksForDevices, hasStarted, knownRequests } from "./facts/asks";
import { idsOf } from "./facts/device-ids";
import { PlacedVm } from "./facts/facts";
import { Hit, Rule } from "./rule";
import { requestsInWords } from "./words/devices-in-words";

const USE = "pciPassthru.use64bitMMIO";
const SIZE = "pciPassthru.64bitMMIOSizeGB";

export const mmioTooSmall: Rule = {
  id: "mmio-too-small",
  severity: "error",
  title: "a VM's 64-bit MMIO window is too small for its GPUs",
  explanation:
    "A VM maps the memory windows (BARs) of its GPUs into its 64-bit MMIO space, which has to be a power of two above their sum, or the " +
    "VM does not power on. More is harmless. A warning where 64-bit MMIO is not turned on, because the template may do that, where only " +
    "some of the allowed GPUs are too large, and where a key is misspelt.",
  fix: `set ${USE} = "TRUE" and ${SIZE} in extra_config, as AcceleratedVm does`,
  check: ({ vms, nameOf }) =>
    vms.flatMap((placed) => {
      const { vm, place } = placed;
      if (!vm.extraConfig.known || hasStarted(placed)) return [];
      const settings = settingsIn(vm.extraConfig.value);
      if (settings.keys.length === 0 && !asksForDevices(placed)) return [];
      const findings = [...misspelt(settings), ...tooSmall(placed, settings)];
      return findings.map((hit) => ({ ...place, ...hit, message: `${nameOf(vm.address)} ${hit.message}` }));
    }),
};

/** Keys as they are written, with VMX's own ones found in any case. */
interface Settings {
  readonly keys: readonly string[];
  readonly use?: string;
  readonly size?: string;
}

function settingsIn(extraConfig: Readonly<Record<string, string>>): Settings {
  const keys = Object.keys(extraConfig);
  const valueOf = (wanted: string): string | undefined => {
    const key = keys.find((each) => each.toLowerCase() === wanted.toLowerCase());
    return key === undefined || extraConfig[key] === "" ? undefined : extraConfig[key];
  };
  const [use, size] = [valueOf(USE), valueOf(SIZE)];
  return { keys, ...(use === undefined ? {} : { use }), ...(size === undefined ? {} : { size }) };
}

function misspelt({ keys }: Settings): readonly Hit[] {
  const right = [USE, SIZE].map((key) => key.toLowerCase());
  return keys.flatMap((key) => {
    if (right.includes(key.toLowerCase())) return [];
    const meant = nearMiss(key, [USE, SIZE]);
    if (meant === undefined && !/^pciPassthru\..*mmio/i.test(key)) return [];
    const suggestion = meant === undefined ? `known are ${listing([USE, SIZE])}` : `did you mean ${quoted(meant)}?`;
    return [{ severity: "warning", message: `has the key ${quoted(key)} in extra_config, which means nothing; ${suggestion}` }];
  });
}

function tooSmall(placed: PlacedVm, { use, size }: Settings): readonly Hit[] {
  const { least, most } = neededGb(placed);
  if (most === undefined) return [];
  const requests = knownRequests(placed);
  const need = requests.length === 1 ? "needs" : "need";
  const gpus = `${requestsInWords(requests)} ${need}`;
  if (use?.toLowerCase() !== "true") {
    if (least === undefined) return [];
    const found = use === undefined ? `does not set ${USE}` : `has ${USE} = ${quoted(use)}`;
    return [{ severity: "warning", message: `${found}; ${gpus} a 64-bit MMIO window of ${least} GB` }];
  }
  if (size === undefined) {
    return most <= DEFAULT_WINDOW_GB ? [] : [{ severity: "warning", message: `does not set ${SIZE}; ${gpus} ${most}` }];
  }
  const has = `has ${SIZE} = ${WHOLE_NUMBER.test(size) ? size.trim() : quoted(size)}`;
  if (!WHOLE_NUMBER.test(size)) return [{ severity: "warning", message: `${has}, which is no whole number of GB; ${gpus} ${most}` }];
  if (least !== undefined && Number(size) < least) return [{ message: `${has}; ${gpus} ${least}` }];
  return Number(size) < most ? [{ severity: "warning", message: `${has}; the largest that may be given ${need} ${most}` }] : [];
}

const WHOLE_NUMBER = /^\s*\d{1,9}\s*$/;
const DEFAULT_WINDOW_GB = 32;

/** The window for the smallest and the largest devices that the requests allow; undefined where they need none, or are not known. */
function neededGb(placed: PlacedVm): { readonly least: number | undefined; readonly most: number | undefined } {
  const sizes = knownRequests(placed).map((request) => {
    const models = idsOf(placed, request).map(gpuModels);
    const bars = models.flatMap((each) => each.map(({ bar1Gb }) => bar1Gb));
    // An id that the catalogue doesn't have may be anything, also a device without a window.
    return { least: models.length === 0 || models.some(({ length }) => length === 0) ? 0 : Math.min(...bars), most: Math.max(0, ...bars) };
  });
  const window = (bars: readonly number[]): number | undefined => mmioSizeGb(bars.filter((bar) => bar > 0 && needs64BitMmio(bar)));
  return { least: window(sizes.map(({ least }) => least)), most: window(sizes.map(({ most }) => most)) };
}

/** The VMX keys of `extra_config` that size a VM's 64-bit MMIO window. */
export const MMIO_USE_KEY = "pciPassthru.use64bitMMIO";
export const MMIO_SIZE_KEY = "pciPassthru.64bitMMIOSizeGB";

/** What `extra_config` says of the window: VMX finds its keys in any case. An empty value is none. */
export interface MmioSettings {
  readonly use?: string;
  readonly size?: string;
}

export function mmioSettings(extraConfig: Readonly<Record<string, string>>): MmioSettings {
  const keys = Object.keys(extraConfig);
  const valueOf = (wanted: string): string | undefined => {
    const key = keys.find((each) => each.toLowerCase() === wanted.toLowerCase());
    return key === undefined || extraConfig[key] === "" ? undefined : extraConfig[key];
  };
  const [use, size] = [valueOf(MMIO_USE_KEY), valueOf(MMIO_SIZE_KEY)];
  return { ...(use === undefined ? {} : { use }), ...(size === undefined ? {} : { size }) };
}

/** The window of a VM that turns 64-bit MMIO on and names no size. */
export const DEFAULT_WINDOW_GB = 32;
const SMALL_BARS_GB = (16 + 32) / 1024; // BAR0 and BAR3
const EXEMPT_BAR1_GB = 0.25;

/** Whether a GPU with this BAR1 needs 64-bit MMIO, and with it EFI: above 256 MB (VMware KB 312208). */
export function needs64BitMmio(bar1Gb: number): boolean {
  return bar1Gb > EXEMPT_BAR1_GB;
}

/**
 * `pciPassthru.64bitMMIOSizeGB` for a VM with these GPUs: the power of two above the sum of all their BARs, at least the
 * default window; undefined where no GPU needs it. More is harmless, less keeps the VM from powering on.
 */
export function mmioSizeGb(bar1Gbs: readonly number[]): number | undefined {
  if (!bar1Gbs.some(needs64BitMmio)) return undefined;
  const sum = bar1Gbs.reduce((total, bar1Gb) => total + bar1Gb + SMALL_BARS_GB, 0);
  return Math.max(DEFAULT_WINDOW_GB, 2 ** Math.ceil(Math.log2(sum)));
}

import { formatPciId, PciId } from "./pci";

/** A GPU model as the PCI bus and NVIDIA's, AMD's or Intel's data sheets show it. */
export interface GpuModel {
  /** Product name, in pci.ids' words: `A100-PCIE-40GB`. */
  readonly name: string;
  /** `vendor:device` (pci.ids 2026.08.22). */
  readonly id: string;
  /** Frame buffer of one PCI function. */
  readonly memoryGb: number;
  /** The large memory window (BAR1) of one PCI function: what the 64-bit MMIO space of a VM has to hold. */
  readonly bar1Gb: number;
  readonly bar1From: Bar1Provenance;
}

/**
 * Where a BAR1 size comes from: the vendor's own chart, lspci or kernel logs of real machines, articles of others, or the
 * rule that it is the next power of two at or above the frame buffer.
 */
export type Bar1Provenance = "vendor" | "sample" | "secondary" | "derived";

type Row = readonly [name: string, id: string, memoryGb: number, bar1Gb: number, bar1From: Bar1Provenance];

const ROWS: readonly Row[] = [
  ["P40", "10de:1b38", 24, 32, "secondary"],
  ["P100-PCIE-16GB", "10de:15f8", 16, 16, "derived"],
  ["V100-SXM2-16GB", "10de:1db1", 16, 16, "vendor"],
  ["V100-PCIE-16GB", "10de:1db4", 16, 16, "vendor"],
  ["V100-SXM2-32GB", "10de:1db5", 32, 32, "vendor"],
  ["V100-PCIE-32GB", "10de:1db6", 32, 32, "vendor"],
  ["V100S-PCIE-32GB", "10de:1df6", 32, 32, "vendor"],
  ["T4", "10de:1eb8", 16, 0.25, "vendor"],
  // One id for both: only sub-ids or a hardware label tell an A2 from one GPU of an A16.
  ["A2", "10de:25b6", 16, 16, "derived"],
  ["A16", "10de:25b6", 16, 16, "derived"],
  ["A10", "10de:2236", 24, 32, "secondary"],
  ["A10G", "10de:2237", 24, 32, "secondary"],
  ["A30", "10de:20b7", 24, 32, "vendor"],
  ["A40", "10de:2235", 48, 64, "secondary"],
  ["A100-SXM4-40GB", "10de:20b0", 40, 64, "sample"],
  ["A100-PCIE-40GB", "10de:20f1", 40, 64, "vendor"],
  ["A100-SXM4-80GB", "10de:20b2", 80, 128, "vendor"],
  ["A100-PCIE-80GB", "10de:20b5", 80, 128, "vendor"],
  ["A100-SXM-64GB", "10de:20b3", 64, 128, "derived"],
  ["A100X", "10de:20b8", 80, 128, "derived"],
  ["A800-SXM4-40GB", "10de:20bd", 40, 64, "derived"],
  ["A800-SXM4-80GB", "10de:20f3", 80, 128, "derived"],
  ["A800-PCIE-80GB", "10de:20f5", 80, 128, "derived"],
  ["A800-PCIE-40GB", "10de:20f6", 40, 64, "derived"],
  ["L2", "10de:27b6", 24, 32, "secondary"],
  ["L4", "10de:27b8", 24, 32, "secondary"],
  ["L20", "10de:26ba", 48, 64, "secondary"],
  ["L40", "10de:26b5", 48, 64, "secondary"],
  ["L40G", "10de:26b8", 24, 32, "secondary"],
  ["L40S", "10de:26b9", 48, 64, "secondary"],
  ["H100-CNX", "10de:2313", 80, 128, "derived"],
  ["H100-NVL", "10de:2321", 94, 128, "derived"],
  ["H100-SXM5-80GB", "10de:2330", 80, 128, "vendor"],
  ["H100-PCIE", "10de:2331", 80, 128, "vendor"],
  ["H800-PCIE", "10de:2322", 80, 128, "derived"],
  ["H800", "10de:2324", 80, 128, "derived"],
  ["H20", "10de:2329", 96, 128, "sample"],
  ["H200-SXM", "10de:2335", 141, 256, "sample"],
  ["H200-NVL", "10de:233b", 141, 256, "derived"],
  ["B100", "10de:2920", 192, 256, "derived"],
  ["B200", "10de:2901", 192, 256, "sample"],
  ["RTX-PRO-6000-BLACKWELL-SERVER", "10de:2bb5", 96, 128, "secondary"],
  ["MI100", "1002:738c", 32, 32, "derived"],
  ["MI210", "1002:740f", 64, 64, "secondary"],
  ["MI300X", "1002:74a1", 192, 256, "secondary"],
  ["MI308X", "1002:74a2", 192, 256, "derived"],
  ["MI325X", "1002:74a5", 256, 256, "derived"],
  ["FLEX-170", "8086:56c0", 16, 16, "secondary"],
  ["FLEX-140", "8086:56c1", 6, 8, "secondary"],
];

/** Every model that is known well enough to size a VM for it. */
export const GPU_CATALOGUE: readonly GpuModel[] = ROWS.map(([name, id, memoryGb, bar1Gb, bar1From]) => ({
  name,
  id,
  memoryGb,
  bar1Gb,
  bar1From,
}));

/** The models with this vendor and device id: none where it is not known, several where they share it. */
export function gpuModels(id: PciId): readonly GpuModel[] {
  const text = formatPciId({ vendor: id.vendor, device: id.device });
  return GPU_CATALOGUE.filter((model) => model.id === text);
}

/** The product name of a device, `A100-PCIE-40GB`; `A2/A16` where models share the id; undefined where it is not known. */
export function gpuName(id: PciId): string | undefined {
  const names = gpuModels(id).map(({ name }) => name);
  return names.length > 0 ? names.join("/") : undefined;
}

const DEFAULT_WINDOW_GB = 32;
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

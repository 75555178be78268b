import { formatPciId, PciId } from "./pci";

/** A GPU model as the PCI bus and NVIDIA's, AMD's or Intel's data sheets show it. */
export interface GpuModel {
  /** Product name, in pci.ids' words: `A100-PCIE-40GB`. */
  readonly name: string;
  /** `vendor:device`, each of which may be this model (pci.ids 2026.08.22). */
  readonly ids: readonly string[];
  /** Frame buffer of one PCI function. */
  readonly memoryGb: number;
  readonly board: GpuBoard;
  /**
   * The large memory window (BAR1) of one PCI function: what the 64-bit MMIO space of a VM has to hold. Absent: nobody has told, or
   * it is not the model's own (a display mode, or Resizable BAR in the host's firmware, sets it).
   */
  readonly bar1Gb?: number;
  readonly bar1From?: Bar1Provenance;
}

/**
 * How GPUs of a model are joined: not beyond PCIe; in pairs by an NVLink bridge that may be there; as modules, each directly with the
 * others of its board; or by the NVSwitches of a board of eight (HGX).
 */
export type GpuBoard = "pcie" | "nvlink-pair" | "module" | "nvswitch";

/**
 * Where a BAR1 size comes from: the vendor's own chart, lspci or kernel logs of real machines, articles of others, or the
 * rule that it is the next power of two at or above the frame buffer.
 */
export type Bar1Provenance = "vendor" | "sample" | "secondary" | "derived";

type Row = readonly [name: string, ids: string, memoryGb: number, board: GpuBoard, bar1Gb?: number, bar1From?: Bar1Provenance];

// Ids: pci.ids 2026.08.22, and from Turing on only what NVIDIA's open kernel modules list as a product, too. Memory and boards: the vendors' data
// sheets and product briefs. BAR1 sizes, by family:
const ROWS: readonly Row[] = [
  // Pascal. P40: articles on vSphere; P100: the rule, as its sister V100 has it; a P4's is not known.
  ["P4", "10de:1bb3", 8, "pcie"],
  ["P40", "10de:1b38", 24, "pcie", 32, "secondary"],
  ["P100-PCIE-12GB", "10de:15f7", 12, "pcie", 16, "derived"],
  ["P100-PCIE-16GB", "10de:15f8", 16, "pcie", 16, "derived"],
  ["P100-SXM2-16GB", "10de:15f9", 16, "module", 16, "derived"],
  // Volta: NVIDIA's chart of MMIO sizes for passthrough on vSphere.
  ["V100-SXM2-16GB", "10de:1db1", 16, "module", 16, "vendor"],
  ["V100-FHHL-16GB", "10de:1db3", 16, "pcie", 16, "derived"],
  ["V100-PCIE-16GB", "10de:1db4", 16, "pcie", 16, "vendor"],
  ["V100-SXM2-32GB", "10de:1db5", 32, "module", 32, "vendor"],
  ["V100-SXM3-32GB", "10de:1db8", 32, "nvswitch", 32, "derived"],
  ["V100-PCIE-32GB", "10de:1db6", 32, "pcie", 32, "vendor"],
  ["V100S-PCIE-32GB", "10de:1df6", 32, "pcie", 32, "vendor"],
  // Turing. T4: NVIDIA's chart. The two Quadros share two ids, and have a display mode each that sets the window.
  ["T4", "10de:1eb8", 16, "pcie", 0.25, "vendor"],
  ["QUADRO-RTX-6000", "10de:1e30 10de:1e36 10de:1e78", 24, "nvlink-pair"],
  ["QUADRO-RTX-8000", "10de:1e30 10de:1e78", 48, "nvlink-pair"],
  // Ampere for data centres: NVIDIA's chart, lspci of an A100 SXM4, articles on vSphere (A10, A40).
  // One id for both: only sub-ids or a hardware label tell an A2 from one GPU of an A16.
  ["A2", "10de:25b6", 16, "pcie", 16, "derived"],
  ["A16", "10de:25b6", 16, "pcie", 16, "derived"],
  ["A10", "10de:2236", 24, "pcie", 32, "secondary"],
  ["A10G", "10de:2237", 24, "pcie", 32, "secondary"],
  ["A30", "10de:20b7", 24, "nvlink-pair", 32, "vendor"],
  ["A40", "10de:2235", 48, "nvlink-pair", 64, "secondary"],
  ["A100-SXM4-40GB", "10de:20b0", 40, "nvswitch", 64, "sample"],
  ["A100-PCIE-40GB", "10de:20f1", 40, "nvlink-pair", 64, "vendor"],
  ["A100-SXM4-80GB", "10de:20b2", 80, "nvswitch", 128, "vendor"],
  ["A100-PCIE-80GB", "10de:20b5", 80, "nvlink-pair", 128, "vendor"],
  ["A100-SXM-64GB", "10de:20b3", 64, "module", 128, "derived"],
  ["A100X", "10de:20b8", 80, "pcie", 128, "derived"],
  ["A800-SXM4-40GB", "10de:20bd", 40, "nvswitch", 64, "derived"],
  ["A800-SXM4-80GB", "10de:20f3", 80, "nvswitch", 128, "derived"],
  ["A800-PCIE-80GB", "10de:20f5", 80, "nvlink-pair", 128, "derived"],
  ["A800-PCIE-40GB", "10de:20f6", 40, "nvlink-pair", 64, "derived"],
  // Workstations and GeForce: 256 MB, or the whole frame buffer with Resizable BAR or without a display (lspci of an A6000: 256 MB).
  ["RTX-A5000", "10de:2231", 24, "nvlink-pair"],
  ["RTX-A6000", "10de:2230", 48, "nvlink-pair"],
  ["RTX-6000-ADA", "10de:26b1", 48, "pcie"],
  ["GEFORCE-RTX-3090", "10de:2204", 24, "nvlink-pair"],
  ["GEFORCE-RTX-4090", "10de:2684", 24, "pcie"],
  ["GEFORCE-RTX-5090", "10de:2b85", 32, "pcie"],
  ["RTX-PRO-6000-BLACKWELL-WORKSTATION", "10de:2bb1", 96, "pcie"],
  ["RTX-PRO-6000-BLACKWELL-MAX-Q", "10de:2bb4", 96, "pcie"],
  // Ada for data centres: articles on vSphere.
  ["L2", "10de:27b6", 24, "pcie", 32, "secondary"],
  ["L4", "10de:27b8", 24, "pcie", 32, "secondary"],
  ["L20", "10de:26ba", 48, "pcie", 64, "secondary"],
  ["L40", "10de:26b5", 48, "pcie", 64, "secondary"],
  ["L40G", "10de:26b8", 24, "pcie", 32, "secondary"],
  ["L40S", "10de:26b9", 48, "pcie", 64, "secondary"],
  // Hopper: NVIDIA's chart (H100 80 GB), lspci of an H20 and an H200 SXM. A GH200's memory is the processor's, too, and in no BAR.
  ["H100-CNX", "10de:2313", 80, "pcie", 128, "derived"],
  ["H100-NVL", "10de:2321", 94, "nvlink-pair", 128, "derived"],
  ["H100-SXM5-64GB", "10de:2337", 64, "module"],
  ["H100-SXM5-80GB", "10de:2330", 80, "nvswitch", 128, "vendor"],
  ["H100-SXM5-94GB", "10de:2339", 94, "module", 128, "derived"],
  ["H100-SXM5-96GB", "10de:2338", 96, "module", 128, "derived"],
  ["H100-PCIE", "10de:2331", 80, "nvlink-pair", 128, "vendor"],
  ["H800-PCIE", "10de:2322", 80, "nvlink-pair", 128, "derived"],
  ["H800-NVL", "10de:233a", 94, "nvlink-pair", 128, "derived"],
  ["H800", "10de:2324", 80, "nvswitch", 128, "derived"],
  ["H20", "10de:2329", 96, "nvswitch", 128, "sample"],
  ["H20-HBM3E", "10de:232c", 141, "nvswitch", 256, "derived"],
  ["H200-SXM", "10de:2335", 141, "nvswitch", 256, "sample"],
  ["H200-NVL", "10de:233b", 141, "nvlink-pair", 256, "derived"],
  ["GH200-96GB", "10de:2342", 96, "module"],
  ["GH200-144GB", "10de:2348", 144, "module"],
  // Blackwell for data centres: lspci of a B200; an article on the RTX PRO 6000 Server.
  ["B100", "10de:2920", 192, "nvswitch", 256, "derived"],
  ["B200", "10de:2901", 192, "nvswitch", 256, "sample"],
  ["B300", "10de:3182", 288, "nvswitch"],
  ["RTX-PRO-6000-BLACKWELL-SERVER", "10de:2bb5", 96, "pcie", 128, "secondary"],
  // AMD Instinct, also in amdgpu's table of PCI ids; of an MI250 each of its two dies is one function. Articles on MI210, MI250, MI300X.
  ["MI100", "1002:738c 1002:738e", 32, "pcie", 32, "derived"],
  ["MI210", "1002:740f", 64, "pcie", 64, "secondary"],
  ["MI250", "1002:740c", 64, "module", 64, "secondary"],
  ["MI250X", "1002:7408 1002:740c", 64, "module", 64, "secondary"],
  ["MI300X", "1002:74a1", 192, "module", 256, "secondary"],
  ["MI308X", "1002:74a2", 192, "module", 256, "derived"],
  ["MI325X", "1002:74a5", 256, "module", 256, "derived"],
  // Intel data centre GPUs, also in the kernel's xe and i915 tables. Articles on Flex.
  ["FLEX-170", "8086:56c0", 16, "pcie", 16, "secondary"],
  ["FLEX-140", "8086:56c1", 6, "pcie", 8, "secondary"],
  ["MAX-1100", "8086:0bd9 8086:0bda 8086:0bdb", 48, "pcie"],
  ["MAX-1550", "8086:0bd5 8086:0bd6", 128, "module"],
];

/** Every model that is known well enough to tell its name and memory. */
export const GPU_CATALOGUE: readonly GpuModel[] = ROWS.map(([name, ids, memoryGb, board, bar1Gb, bar1From]) => ({
  name,
  ids: ids.split(" "),
  memoryGb,
  board,
  ...(bar1Gb !== undefined && bar1From !== undefined && { bar1Gb, bar1From }),
}));

/** The models with this vendor and device id: none where it is not known, several where they share it. */
export function gpuModels(id: PciId): readonly GpuModel[] {
  return BY_ID.get(formatPciId({ vendor: id.vendor, device: id.device })) ?? [];
}

const BY_ID: ReadonlyMap<string, readonly GpuModel[]> = modelsById();

function modelsById(): ReadonlyMap<string, readonly GpuModel[]> {
  const byId = new Map<string, GpuModel[]>();
  for (const model of GPU_CATALOGUE) {
    for (const id of model.ids) byId.set(id, [...(byId.get(id) ?? []), model]);
  }
  return byId;
}

/** The product name of a device, `A100-PCIE-40GB`; `A2/A16` where models share the id; undefined where it is not known. */
export function gpuName(id: PciId): string | undefined {
  const names = gpuModels(id).map(({ name }) => name);
  return names.length > 0 ? names.join("/") : undefined;
}

/**
 * A BAR1 that a GPU with this frame buffer surely does not exceed: the power of two above it. For where the size is not known, since a
 * window that is too large is harmless.
 */
export function largestBar1Gb(memoryGb: number): number {
  return 2 ** (Math.floor(Math.log2(memoryGb)) + 1);
}

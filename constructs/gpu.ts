import { formatPciId, GPU_CATALOGUE, GpuBoard, largestBar1Gb, parsePciId } from "../lib/model";

export interface CustomGpuProps {
  readonly name: string;
  /** Any of these is the GPU: `vendor:device[:subvendor:subdevice[:revision]]`, hexadecimal, `10de:20f1`. */
  readonly ids: readonly string[];
  /**
   * Frame buffer of one PCI function.
   *
   * @default - not known
   */
  readonly memoryGb?: number;
  /**
   * The large memory window (BAR1) of one PCI function.
   *
   * @default - the next power of two at or above memoryGb, as in nearly every data centre GPU; not known without memoryGb
   */
  readonly bar1Gb?: number;
}

/**
 * A GPU model: what a VM asks for, and how large its memory windows are. Ids are those of pci.ids 2026.08.22; where a BAR1
 * size comes from is said in the catalogue (`bar1From`), and where it is not known it is what the frame buffer can need at most, since a
 * window that is too large is harmless. A model that is missing here is a `Gpu.custom`.
 */
export class Gpu {
  static readonly P4 = Gpu.named("P4");
  static readonly P40 = Gpu.named("P40");
  static readonly P100_PCIE_12GB = Gpu.named("P100-PCIE-12GB");
  static readonly P100_PCIE_16GB = Gpu.named("P100-PCIE-16GB");
  static readonly P100_SXM2_16GB = Gpu.named("P100-SXM2-16GB");
  static readonly V100_SXM2_16GB = Gpu.named("V100-SXM2-16GB");
  static readonly V100_FHHL_16GB = Gpu.named("V100-FHHL-16GB");
  static readonly V100_PCIE_16GB = Gpu.named("V100-PCIE-16GB");
  static readonly V100_SXM2_32GB = Gpu.named("V100-SXM2-32GB");
  static readonly V100_SXM3_32GB = Gpu.named("V100-SXM3-32GB");
  static readonly V100_PCIE_32GB = Gpu.named("V100-PCIE-32GB");
  static readonly V100S_PCIE_32GB = Gpu.named("V100S-PCIE-32GB");
  static readonly T4 = Gpu.named("T4");
  /** Shares PCI ids with the Quadro RTX 8000: where a cluster has both, only a hardware label tells them apart. */
  static readonly QUADRO_RTX_6000 = Gpu.named("QUADRO-RTX-6000");
  /** Has the PCI ids of a Quadro RTX 6000 too: where a cluster has both, only a hardware label tells them apart. */
  static readonly QUADRO_RTX_8000 = Gpu.named("QUADRO-RTX-8000");
  /** Has the PCI id of an A16 too: where a cluster has both, only a hardware label tells them apart. */
  static readonly A2 = Gpu.named("A2");
  /** Has the PCI id of an A2 too: where a cluster has both, only a hardware label tells them apart. */
  static readonly A16 = Gpu.named("A16");
  static readonly A10 = Gpu.named("A10");
  static readonly A10G = Gpu.named("A10G");
  static readonly A30 = Gpu.named("A30");
  static readonly A40 = Gpu.named("A40");
  static readonly A100_SXM4_40GB = Gpu.named("A100-SXM4-40GB");
  static readonly A100_PCIE_40GB = Gpu.named("A100-PCIE-40GB");
  static readonly A100_SXM4_80GB = Gpu.named("A100-SXM4-80GB");
  static readonly A100_PCIE_80GB = Gpu.named("A100-PCIE-80GB");
  static readonly A100_SXM_64GB = Gpu.named("A100-SXM-64GB");
  static readonly A100X = Gpu.named("A100X");
  static readonly A800_SXM4_40GB = Gpu.named("A800-SXM4-40GB");
  static readonly A800_SXM4_80GB = Gpu.named("A800-SXM4-80GB");
  static readonly A800_PCIE_80GB = Gpu.named("A800-PCIE-80GB");
  static readonly A800_PCIE_40GB = Gpu.named("A800-PCIE-40GB");
  static readonly RTX_A5000 = Gpu.named("RTX-A5000");
  static readonly RTX_A6000 = Gpu.named("RTX-A6000");
  static readonly RTX_6000_ADA = Gpu.named("RTX-6000-ADA");
  static readonly GEFORCE_RTX_3090 = Gpu.named("GEFORCE-RTX-3090");
  static readonly GEFORCE_RTX_4090 = Gpu.named("GEFORCE-RTX-4090");
  static readonly GEFORCE_RTX_5090 = Gpu.named("GEFORCE-RTX-5090");
  static readonly RTX_PRO_6000_BLACKWELL_WORKSTATION = Gpu.named("RTX-PRO-6000-BLACKWELL-WORKSTATION");
  static readonly RTX_PRO_6000_BLACKWELL_MAX_Q = Gpu.named("RTX-PRO-6000-BLACKWELL-MAX-Q");
  static readonly L2 = Gpu.named("L2");
  static readonly L4 = Gpu.named("L4");
  static readonly L20 = Gpu.named("L20");
  static readonly L40 = Gpu.named("L40");
  static readonly L40G = Gpu.named("L40G");
  static readonly L40S = Gpu.named("L40S");
  static readonly H100_CNX = Gpu.named("H100-CNX");
  static readonly H100_NVL = Gpu.named("H100-NVL");
  static readonly H100_SXM5_64GB = Gpu.named("H100-SXM5-64GB");
  static readonly H100_SXM5_80GB = Gpu.named("H100-SXM5-80GB");
  static readonly H100_SXM5_94GB = Gpu.named("H100-SXM5-94GB");
  static readonly H100_SXM5_96GB = Gpu.named("H100-SXM5-96GB");
  static readonly H100_PCIE = Gpu.named("H100-PCIE");
  static readonly H800_PCIE = Gpu.named("H800-PCIE");
  static readonly H800_NVL = Gpu.named("H800-NVL");
  static readonly H800 = Gpu.named("H800");
  static readonly H20 = Gpu.named("H20");
  static readonly H20_HBM3E = Gpu.named("H20-HBM3E");
  static readonly H200_SXM = Gpu.named("H200-SXM");
  static readonly H200_NVL = Gpu.named("H200-NVL");
  static readonly GH200_96GB = Gpu.named("GH200-96GB");
  static readonly GH200_144GB = Gpu.named("GH200-144GB");
  static readonly B100 = Gpu.named("B100");
  static readonly B200 = Gpu.named("B200");
  static readonly B300 = Gpu.named("B300");
  static readonly RTX_PRO_6000_BLACKWELL_SERVER = Gpu.named("RTX-PRO-6000-BLACKWELL-SERVER");
  static readonly MI100 = Gpu.named("MI100");
  static readonly MI210 = Gpu.named("MI210");
  /** Has a PCI id of the MI250X, of which one function is one of its two dies. */
  static readonly MI250 = Gpu.named("MI250");
  static readonly MI250X = Gpu.named("MI250X");
  static readonly MI300X = Gpu.named("MI300X");
  static readonly MI308X = Gpu.named("MI308X");
  static readonly MI325X = Gpu.named("MI325X");
  static readonly FLEX_170 = Gpu.named("FLEX-170");
  static readonly FLEX_140 = Gpu.named("FLEX-140");
  static readonly MAX_1100 = Gpu.named("MAX-1100");
  static readonly MAX_1550 = Gpu.named("MAX-1550");

  /** A model that is not in the catalogue, or one narrowed down by sub-ids. */
  static custom(props: CustomGpuProps): Gpu {
    const { name, ids, memoryGb, bar1Gb = memoryGb && 2 ** Math.ceil(Math.log2(memoryGb)) } = props;
    if (ids.length === 0) throw new Error(`GPU "${name}" has no id; give at least one, as "10de:20f1"`);
    for (const [unit, value] of Object.entries({ memoryGb, bar1Gb })) {
      if (value !== undefined && !(value > 0 && Number.isFinite(value))) {
        throw new Error(`${unit} of GPU "${name}" is ${value}; give a number above 0`);
      }
    }
    return new Gpu(
      name,
      ids.map((id) => canonicalId(name, id)),
      memoryGb,
      bar1Gb,
    );
  }

  private static named(name: string): Gpu {
    const model = GPU_CATALOGUE.find((candidate) => candidate.name === name);
    if (!model) throw new Error(`"${name}" is not in the catalogue`);
    return new Gpu(model.name, model.ids, model.memoryGb, model.bar1Gb ?? largestBar1Gb(model.memoryGb), model.board);
  }

  private constructor(
    /** Product name, `A100-PCIE-40GB`. */
    readonly name: string,
    /** Any of these is the GPU, canonical: `10de:20f1`. */
    readonly ids: readonly string[],
    /** Frame buffer of one PCI function; undefined where it is not known. */
    readonly memoryGb: number | undefined,
    /** The large memory window (BAR1) of one PCI function, at most; undefined where it is not known. */
    readonly bar1Gb: number | undefined,
    /** How it is joined with others; undefined where it is not known. */
    readonly board?: GpuBoard,
  ) {}
}

function canonicalId(name: string, text: string): string {
  const id = parsePciId(text);
  if (!id) throw new Error(`"${text}" of GPU "${name}" is no PCI id; write it as "10de:20f1" or "10de:20f1:10de:145f"`);
  return formatPciId(id);
}

import { DataVsphereVirtualMachine } from "@cdktf/provider-vsphere/lib/data-vsphere-virtual-machine";
import { Construct } from "constructs";
import { AcceleratedTemplate, AcceleratedVm, DeviceLabel, Gpu } from "../constructs";
import { VsphereStack } from "./vsphere-stack";

export interface TrainingStackProps {
  readonly label: DeviceLabel;
  readonly vms: number;
  readonly gpusPerVm: number;
}

/** VMs with several GPUs each, cloned from a copy of the plain Ubuntu template that carries the devices. */
export class TrainingStack extends VsphereStack {
  readonly vms: readonly AcceleratedVm[];

  constructor(scope: Construct, id: string, { label, vms, gpusPerVm }: TrainingStackProps) {
    super(scope, id);
    const { cluster, datastoreId, networkIds, datacenterId } = this;
    const ubuntu = new DataVsphereVirtualMachine(this, "ubuntu", { name: "ubuntu-24.04", datacenterId });
    const template = AcceleratedTemplate.from(ubuntu.id, { folder: "templates" });
    this.vms = Array.from({ length: vms }, (_, index) => {
      return new AcceleratedVm(this, `train-${index + 1}`, {
        cluster,
        template,
        datastoreId,
        networkIds,
        cpus: 32,
        memoryMiB: 131072,
        diskSizeGiB: 500,
        accelerators: [{ gpu: Gpu.A100_PCIE_40GB, count: gpusPerVm, label }],
      });
    });
  }
}

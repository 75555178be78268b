import { Construct } from "constructs";
import { AcceleratedTemplate, AcceleratedVm, DeviceLabel, Gpu } from "../constructs";
import { VsphereStack } from "./vsphere-stack";

export interface InferenceStackProps {
  readonly label: DeviceLabel;
  readonly vms: number;
}

/** VMs with one GPU each, cloned from a template that somebody has prepared with it: the stack needs no provider but vSphere's. */
export class InferenceStack extends VsphereStack {
  constructor(scope: Construct, id: string, { label, vms }: InferenceStackProps) {
    super(scope, id);
    const { cluster, datastoreId, networkIds, datacenterId } = this;
    const template = AcceleratedTemplate.prepared("ubuntu-inference", { datacenterId });
    for (let index = 1; index <= vms; index++) {
      new AcceleratedVm(this, `infer-${index}`, {
        cluster,
        template,
        datastoreId,
        networkIds,
        cpus: 8,
        memoryMiB: 32768,
        accelerators: [{ gpu: Gpu.A100_PCIE_40GB, label }],
      });
    }
  }
}

import { DataVsphereHost } from "@cdktf/provider-vsphere/lib/data-vsphere-host";
import { Construct } from "constructs";
import { GpuPassthroughHost, HardwareLabel } from "../constructs";
import { VsphereStack } from "./vsphere-stack";

const GPUS = ["0000:3b:00.0", "0000:5e:00.0", "0000:af:00.0", "0000:d8:00.0"];

/** The hosts: which GPUs VMs may have, and what each pool of them is for. */
export class GpuFarmStack extends VsphereStack {
  /** Three hosts whose VMs all have two GPUs: nothing is left over that no VM can use. */
  readonly training: HardwareLabel;
  /** Two hosts for VMs with one GPU. */
  readonly inference: HardwareLabel;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.training = this.pool("Training", ["esx-01.lab", "esx-02.lab", "esx-03.lab"]);
    this.inference = this.pool("Inference", ["esx-04.lab", "esx-05.lab"]);
  }

  private pool(label: string, names: readonly string[]): HardwareLabel {
    const hosts = names.map((name) => {
      const hostSystemId = new DataVsphereHost(this, `host-${name}`, { name, datacenterId: this.datacenterId }).id;
      return new GpuPassthroughHost(this, name, { hostSystemId, devices: GPUS });
    });
    return new HardwareLabel(this, label, { label, devices: hosts.flatMap(({ devices }) => devices) });
  }
}

import { DataVsphereComputeCluster } from "@cdktf/provider-vsphere/lib/data-vsphere-compute-cluster";
import { DataVsphereDatacenter } from "@cdktf/provider-vsphere/lib/data-vsphere-datacenter";
import { DataVsphereDatastore } from "@cdktf/provider-vsphere/lib/data-vsphere-datastore";
import { DataVsphereNetwork } from "@cdktf/provider-vsphere/lib/data-vsphere-network";
import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";

/** What every example stack needs of vSphere: a login, and the cluster `gpu-prod` with its storage and network. */
export abstract class VsphereStack extends TerraformStack {
  readonly datacenterId: string;
  readonly cluster: DataVsphereComputeCluster;
  readonly datastoreId: string;
  readonly networkIds: readonly string[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Relative to cdktf.out/stacks/<id>: the state outlives the output folder and the synthesized stack names no machine.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new VsphereProvider(this, "vsphere", {
      vsphereServer: this.variable("vsphere_server", "vCenter's host name"),
      user: this.variable("vsphere_user", "who logs in to vCenter"),
      password: this.variable("vsphere_password", "that user's password", true),
    });
    this.datacenterId = new DataVsphereDatacenter(this, "datacenter", { name: "dc-1" }).id;
    const { datacenterId } = this;
    this.cluster = new DataVsphereComputeCluster(this, "cluster", { name: "gpu-prod", datacenterId });
    this.datastoreId = new DataVsphereDatastore(this, "datastore", { name: "nvme-1", datacenterId }).id;
    this.networkIds = [new DataVsphereNetwork(this, "network", { name: "gpu-net", datacenterId }).id];
  }

  /** Never a literal: it would be written into the synthesized stack. Set TF_VAR_<name> when applying. */
  private variable(name: string, description: string, sensitive = false): string {
    return new TerraformVariable(this, name, { type: "string", description, sensitive }).stringValue;
  }
}

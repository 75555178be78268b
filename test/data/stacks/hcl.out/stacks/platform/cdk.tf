terraform {
required_providers {
  vsphere = {
version = "2.15.0"
source = "vmware/vsphere"
}
}
backend "local" {
path = "terraform.platform.tfstate"
}


}

provider "vsphere" {
user = "u"
}
data "vsphere_compute_cluster" "c" {
datacenter_id = "dc"
name = "gpu-prod"
}

output "cross-stack-output-datavsphere_compute_clustercresource_pool_id" {
value = "${data.vsphere_compute_cluster.c.resource_pool_id}"
sensitive = true
}
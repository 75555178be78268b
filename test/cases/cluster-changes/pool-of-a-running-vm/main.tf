data "vsphere_datacenter" "dc" {
  name = "dc-1"
}
data "vsphere_compute_cluster" "c" {
  name          = "gpu"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_virtual_machine" "t1" {
  name          = "t1"
  datacenter_id = data.vsphere_datacenter.dc.id
}
resource "vsphere_resource_pool" "p" {
  name                    = "ml"
  parent_resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
  memory_limit            = 1024
}

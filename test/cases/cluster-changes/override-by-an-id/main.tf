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
resource "vsphere_ha_vm_override" "o" {
  compute_cluster_id     = data.vsphere_compute_cluster.c.id
  virtual_machine_id     = "42000000-0000-4000-8000-000000000042"
  ha_vm_restart_priority = "highest"
}

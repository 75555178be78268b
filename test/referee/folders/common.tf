data "vsphere_datacenter" "dc" { name = "dc" }
data "vsphere_compute_cluster" "gpu" {
  name          = "gpu"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_host" "pinned" {
  name          = "esx-01"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_datastore" "fast" { name = "fast" }
data "vsphere_network" "lan" { name = "lan" }
data "vsphere_virtual_machine" "template" { name = "ubuntu" }

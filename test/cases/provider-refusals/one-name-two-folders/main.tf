data "vsphere_datacenter" "dc" { name = "dc-1" }
data "vsphere_compute_cluster" "c" {
  name = "gpu"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_host" "h1" {
  name = "esx-1.lab"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_host" "h2" {
  name = "esx-2.lab"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_virtual_machine" "t1" {
  name = "t1"
  datacenter_id = data.vsphere_datacenter.dc.id
}
resource "vsphere_virtual_machine" "v" {
  name = "train-1"
  resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
  datastore_id = "datastore-11"
  guest_id = data.vsphere_virtual_machine.t1.guest_id
  firmware = "efi"
  num_cpus = 4
  memory = 65536
  memory_reservation = 65536
  extra_config = { "pciPassthru.use64bitMMIO" = "TRUE", "pciPassthru.64bitMMIOSizeGB" = "256" }
  folder = "a"
clone { template_uuid = data.vsphere_virtual_machine.t1.id }
network_interface {
 network_id = "network-5"
}
}
resource "vsphere_virtual_machine" "w" {
  name = "train-1"
  resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
  datastore_id = "datastore-11"
  guest_id = data.vsphere_virtual_machine.t1.guest_id
  firmware = "efi"
  num_cpus = 4
  memory = 65536
  memory_reservation = 65536
  extra_config = { "pciPassthru.use64bitMMIO" = "TRUE", "pciPassthru.64bitMMIOSizeGB" = "256" }
  folder = "b"
clone { template_uuid = data.vsphere_virtual_machine.t1.id }
network_interface {
 network_id = "network-5"
}
}

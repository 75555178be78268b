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
  host_system_id = data.vsphere_host.h1.id
clone { template_uuid = data.vsphere_virtual_machine.t1.id }
network_interface {
 network_id = "network-5"
 adapter_type = "sriov"
 physical_function = "0000:3b:00.0"
 
}
network_interface {
 network_id = "network-5"
 adapter_type = "sriov"
 physical_function = "0000:3b:00.0"
 
}
}

data "vsphere_datacenter" "dc" {
  name = "dc-1"
}

data "vsphere_compute_cluster" "c" {
  name          = "gpu"
  datacenter_id = data.vsphere_datacenter.dc.id
}

data "vsphere_virtual_machine" "t" {
  name = "gpu-one"
}

resource "vsphere_virtual_machine" "a" {
  name               = "a"
  guest_id           = "ubuntu64Guest"
  resource_pool_id   = data.vsphere_compute_cluster.c.resource_pool_id
  memory             = 4096
  memory_reservation = 4096
  firmware           = "efi"
}

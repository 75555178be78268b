data "vsphere_datacenter" "dc" { name = "dc-1" }
data "vsphere_compute_cluster" "c" {
  name          = "gpu"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_virtual_machine" "t1" {
  name          = "t1"
  datacenter_id = data.vsphere_datacenter.dc.id
}

resource "vsphere_host" "n" {
  hostname = "h9"
  username = "root"
  password = "x"
  cluster  = data.vsphere_compute_cluster.c.id
}

resource "vsphere_virtual_machine" "a" {
  name               = "a"
  resource_pool_id   = data.vsphere_compute_cluster.c.resource_pool_id
  guest_id           = "ubuntu64Guest"
  firmware           = "efi"
  hardware_version   = 20
  num_cpus           = 4
  memory             = 65536
  memory_reservation = 65536
  extra_config       = { "pciPassthru.use64bitMMIO" = "TRUE", "pciPassthru.64bitMMIOSizeGB" = "256" }
  clone { template_uuid = data.vsphere_virtual_machine.t1.id }

}

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

data "vsphere_datastore" "d" {
  name          = "store-9"
  datacenter_id = data.vsphere_datacenter.dc.id
}

resource "vsphere_virtual_machine" "a" {
  name               = "a"
  guest_id           = "ubuntu64Guest"
  resource_pool_id   = data.vsphere_compute_cluster.c.resource_pool_id
  memory             = 65536
  memory_reservation = 65536
  firmware           = "efi"
  extra_config = {
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "128"
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.t.id
  }
  datastore_id = data.vsphere_datastore.d.id
}

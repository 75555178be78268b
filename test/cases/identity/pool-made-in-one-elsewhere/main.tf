variable "p" {}
data "vsphere_datacenter" "dc" {
  name = "dc-2"
}

data "vsphere_resource_pool" "p" {
  name          = var.p
  datacenter_id = data.vsphere_datacenter.dc.id
}

resource "vsphere_resource_pool" "m" {
  name                    = "m"
  parent_resource_pool_id = data.vsphere_resource_pool.p.id
}

data "vsphere_virtual_machine" "t" {
  name = "gpu-one"
}

resource "vsphere_virtual_machine" "a" {
  name               = "a"
  guest_id           = "ubuntu64Guest"
  resource_pool_id   = vsphere_resource_pool.m.id
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
}

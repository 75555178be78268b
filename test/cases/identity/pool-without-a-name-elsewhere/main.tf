data "vsphere_datacenter" "dc" {
  name = "dc-2"
}

data "vsphere_resource_pool" "p" {
  datacenter_id = data.vsphere_datacenter.dc.id
}

data "vsphere_virtual_machine" "t" {
  name = "gpu-one"
}

resource "vsphere_virtual_machine" "a" {
  name               = "a"
  guest_id           = "ubuntu64Guest"
  resource_pool_id   = data.vsphere_resource_pool.p.id
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

provider "vsphere" {
  vsphere_server = "vc-a.lab"
}

provider "vsphere" {
  alias          = "b"
  vsphere_server = "vc-b.lab"
}

data "vsphere_compute_cluster" "c" {
  name     = "gpu"
  provider = vsphere.b
}

data "vsphere_virtual_machine" "t" {
  name = "gpu-one"
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
  provider = vsphere.b
  clone {
    template_uuid = data.vsphere_virtual_machine.t.id
  }
}

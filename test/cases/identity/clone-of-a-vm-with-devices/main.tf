data "vsphere_compute_cluster" "c" {
  name = "gpu"
}

data "vsphere_virtual_machine" "t" {
  name = "gold"
}

resource "vsphere_virtual_machine" "a" {
  name               = "train"
  guest_id           = "ubuntu64Guest"
  resource_pool_id   = data.vsphere_compute_cluster.c.resource_pool_id
  memory             = 65536
  memory_reservation = 65536
  firmware           = "efi"
  clone {
    template_uuid = data.vsphere_virtual_machine.t.id
  }
}

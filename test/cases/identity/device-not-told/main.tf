data "vsphere_compute_cluster" "c" {
  name = "gpu"
}

data "vsphere_host" "h" {
  name = "h1"
}

data "vsphere_host_pci_device" "gpu" {
  host_id    = data.vsphere_host.h.id
  name_regex = "A100"
}

data "vsphere_virtual_machine" "t" {
  name = "plain"
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
  host_system_id = data.vsphere_host.h.id
  pci_device_id  = [data.vsphere_host_pci_device.gpu.id]
  clone {
    template_uuid = data.vsphere_virtual_machine.t.id
  }
}

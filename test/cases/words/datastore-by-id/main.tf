data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}

data "vsphere_virtual_machine" "golden" {
  name = "golden"
}

data "vsphere_datastore" "fast" {
  name = "fast"
}

resource "vsphere_virtual_machine" "infer" {
  name               = "infer"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id       = "datastore-11"
  guest_id           = "ubuntu64Guest"
  firmware           = "efi"
  hardware_version   = 20
  memory             = 32768
  memory_reservation = 32768

  extra_config = {
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "256"
  }

  clone {
    template_uuid = data.vsphere_virtual_machine.golden.id
  }
}


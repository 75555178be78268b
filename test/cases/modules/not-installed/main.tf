data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}

module "more" {
  source  = "acme/gpu-vm/vsphere"
  version = "~> 2.1"
}

data "vsphere_virtual_machine" "template" {
  name = "ubuntu-a100"
}

data "vsphere_datastore" "fast" {
  name = "fast"
}

data "vsphere_network" "lab" {
  name = "lab"
}

resource "vsphere_virtual_machine" "this" {
  name               = "train"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id       = data.vsphere_datastore.fast.id
  guest_id           = data.vsphere_virtual_machine.template.guest_id
  firmware           = "efi"
  hardware_version   = 20
  num_cpus           = 8
  memory             = 65536
  memory_reservation = 65536

  extra_config = {
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "256"
  }

  network_interface {
    network_id = data.vsphere_network.lab.id
  }

  disk {
    label = "disk0"
    size  = 40
  }

  clone {
    template_uuid = data.vsphere_virtual_machine.template.id
  }
}


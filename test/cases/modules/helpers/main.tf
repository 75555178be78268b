data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}

module "names" {
  source = "./names"
  prefix = "train"
}

module "size" {
  source = "./size"
  kind   = "large"
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
  name               = module.names.names[0]
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id       = data.vsphere_datastore.fast.id
  guest_id           = data.vsphere_virtual_machine.template.guest_id
  firmware           = "efi"
  hardware_version   = 20
  num_cpus           = module.size.cpus
  memory             = module.size.memory
  memory_reservation = module.size.memory

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


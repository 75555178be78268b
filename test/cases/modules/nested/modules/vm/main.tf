variable "name" {
  type = string
}

variable "pool" {
  type = string
}

variable "size" {
  type = object({
    memory = optional(number, 65536)
    cpus   = optional(number, 8)
  })
  default = {}
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
  name               = var.name
  resource_pool_id   = var.pool
  datastore_id       = data.vsphere_datastore.fast.id
  guest_id           = data.vsphere_virtual_machine.template.guest_id
  firmware           = "efi"
  hardware_version   = 20
  num_cpus           = var.size.cpus
  memory             = var.size.memory
  memory_reservation = var.size.memory

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

output "id" {
  value = vsphere_virtual_machine.this.id
}

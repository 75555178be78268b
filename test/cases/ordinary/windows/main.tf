data "vsphere_datacenter" "dc" {
  name = "dc-1"
}

data "vsphere_compute_cluster" "gpu" {
  name          = "gpu"
  datacenter_id = data.vsphere_datacenter.dc.id
}

data "vsphere_datastore" "nvme" {
  name          = "nvme-1"
  datacenter_id = data.vsphere_datacenter.dc.id
}

data "vsphere_network" "lan" {
  name          = "lan"
  datacenter_id = data.vsphere_datacenter.dc.id
}

data "vsphere_virtual_machine" "gpu" {
  name          = "ubuntu-a100"
  datacenter_id = data.vsphere_datacenter.dc.id
}

data "vsphere_virtual_machine" "plain" {
  name          = "ubuntu"
  datacenter_id = data.vsphere_datacenter.dc.id
}

variable "admin_password" {
  type      = string
  sensitive = true
}

data "vsphere_virtual_machine" "windows" {
  name          = "windows-a100"
  datacenter_id = data.vsphere_datacenter.dc.id
}

resource "vsphere_virtual_machine" "desk" {
  for_each                         = { anna = "10.0.8.11", ben = "10.0.8.12" }
  name                             = "desk-${each.key}"
  resource_pool_id                 = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id                     = data.vsphere_datastore.nvme.id
  guest_id                         = data.vsphere_virtual_machine.windows.guest_id
  scsi_type                        = data.vsphere_virtual_machine.windows.scsi_type
  firmware                         = "efi"
  num_cpus                         = 8
  memory                           = 32768
  memory_reservation               = 32768
  memory_reservation_locked_to_max = true
  extra_config = {
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "128"
  }

  network_interface {
    network_id   = data.vsphere_network.lan.id
    adapter_type = data.vsphere_virtual_machine.windows.network_interface_types[0]
  }

  dynamic "disk" {
    for_each = data.vsphere_virtual_machine.windows.disks
    content {
      label            = "disk${disk.key}"
      unit_number      = disk.key
      size             = disk.value.size
      thin_provisioned = disk.value.thin_provisioned
    }
  }

  clone {
    template_uuid = data.vsphere_virtual_machine.windows.id
    customize {
      timeout = 30
      windows_options {
        computer_name         = "desk-${each.key}"
        join_domain           = "lab.example"
        domain_admin_user     = "join"
        domain_admin_password = var.admin_password
        admin_password        = var.admin_password
      }
      network_interface {
        ipv4_address = each.value
        ipv4_netmask = 24
      }
      ipv4_gateway = "10.0.8.1"
    }
  }
}

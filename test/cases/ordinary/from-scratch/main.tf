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
resource "vsphere_virtual_machine" "installer" {
  name             = "installer"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id     = data.vsphere_datastore.nvme.id
  guest_id         = "rhel9_64Guest"
  num_cpus         = 2
  memory           = 4096
  network_interface {
    network_id = data.vsphere_network.lan.id
  }
  disk {
    label = "disk0"
    size  = 40
  }
  firmware                   = "efi"
  efi_secure_boot_enabled    = true
  wait_for_guest_net_timeout = 0
  cdrom {
    datastore_id = data.vsphere_datastore.nvme.id
    path         = "iso/rhel-9.iso"
  }
  vtpm {
    version = "2.0"
  }
}

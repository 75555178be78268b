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

data "vsphere_host" "first" {
  name          = "esx-1"
  datacenter_id = data.vsphere_datacenter.dc.id
}

resource "vsphere_virtual_machine" "render" {
  name               = "render"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id       = data.vsphere_datastore.nvme.id
  guest_id           = data.vsphere_virtual_machine.plain.guest_id
  num_cpus           = 16
  memory             = 65536
  memory_reservation = 65536
  firmware           = "efi"
  extra_config = {
    "pciPassthru0.vgpu"           = "grid_a100-10c"
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "128"
  }
  network_interface {
    network_id = data.vsphere_network.lan.id
  }
  disk {
    label = "disk0"
    size  = 100
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.plain.id
  }
}

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

variable "datastore_cluster" {
  type    = string
  default = null
}

variable "folder" {
  type = string
}

variable "pool" {
  type    = string
  default = ""
}

data "vsphere_datastore_cluster" "own" {
  count         = var.datastore_cluster == null ? 0 : 1
  name          = var.datastore_cluster
  datacenter_id = data.vsphere_datacenter.dc.id
}

data "vsphere_resource_pool" "own" {
  count         = var.pool == "" ? 0 : 1
  name          = var.pool
  datacenter_id = data.vsphere_datacenter.dc.id
}

resource "vsphere_virtual_machine" "train" {
  name                 = "train"
  resource_pool_id     = var.pool == "" ? data.vsphere_compute_cluster.gpu.resource_pool_id : data.vsphere_resource_pool.own[0].id
  datastore_id         = var.datastore_cluster == null ? data.vsphere_datastore.nvme.id : null
  datastore_cluster_id = one(data.vsphere_datastore_cluster.own[*].id)
  folder               = var.folder != "" ? var.folder : null
  guest_id             = data.vsphere_virtual_machine.gpu.guest_id
  num_cpus             = 16
  memory               = 65536
  memory_reservation   = 65536
  firmware             = "efi"
  extra_config = {
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "128"
  }
  network_interface {
    network_id = data.vsphere_network.lan.id
  }
  disk {
    label = "disk0"
    size  = data.vsphere_virtual_machine.gpu.disks[0].size
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.gpu.id
  }
}

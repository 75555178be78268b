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

resource "vsphere_tag_category" "tier" {
  name             = "tier"
  cardinality      = "SINGLE"
  associable_types = ["Datastore"]
}

resource "vsphere_tag" "nvme" {
  name        = "nvme"
  category_id = vsphere_tag_category.tier.id
}

resource "vsphere_vm_storage_policy" "nvme" {
  name = "nvme"
  tag_rules {
    tag_category                 = vsphere_tag_category.tier.name
    tags                         = [vsphere_tag.nvme.name]
    include_datastores_with_tags = true
  }
}

data "vsphere_storage_policy" "bulk" {
  name = "bulk"
}

resource "vsphere_virtual_machine" "train" {
  name               = "train"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id       = data.vsphere_datastore.nvme.id
  guest_id           = data.vsphere_virtual_machine.gpu.guest_id
  num_cpus           = 16
  memory             = 65536
  memory_reservation = 65536
  firmware           = "efi"
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
  storage_policy_id = vsphere_vm_storage_policy.nvme.id
  disk {
    label             = "data"
    size              = 2000
    unit_number       = 1
    storage_policy_id = data.vsphere_storage_policy.bulk.id
  }
}

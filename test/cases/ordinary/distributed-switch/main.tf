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

data "vsphere_host" "esx" {
  for_each      = toset(["esx-1", "esx-2", "esx-3", "esx-4"])
  name          = each.key
  datacenter_id = data.vsphere_datacenter.dc.id
}

resource "vsphere_distributed_virtual_switch" "fabric" {
  name           = "fabric"
  datacenter_id  = data.vsphere_datacenter.dc.id
  uplinks        = ["up1", "up2"]
  active_uplinks = ["up1"]

  dynamic "host" {
    for_each = data.vsphere_host.esx
    content {
      host_system_id = host.value.id
      devices        = ["vmnic4", "vmnic5"]
    }
  }
}

resource "vsphere_distributed_port_group" "train" {
  name                            = "train"
  distributed_virtual_switch_uuid = vsphere_distributed_virtual_switch.fabric.id
  vlan_id                         = 210
}

resource "vsphere_distributed_virtual_switch_pvlan_mapping" "isolated" {
  distributed_virtual_switch_id = vsphere_distributed_virtual_switch.fabric.id
  primary_vlan_id               = 300
  secondary_vlan_id             = 301
  pvlan_type                    = "isolated"
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
    network_id = vsphere_distributed_port_group.train.id
  }
  disk {
    label = "disk0"
    size  = data.vsphere_virtual_machine.gpu.disks[0].size
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.gpu.id
  }
}

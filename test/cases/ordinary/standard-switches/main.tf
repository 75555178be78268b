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
  count         = 4
  name          = "esx-${count.index + 1}"
  datacenter_id = data.vsphere_datacenter.dc.id
}

resource "vsphere_host_virtual_switch" "storage" {
  count            = length(data.vsphere_host.esx)
  name             = "vSwitch1"
  host_system_id   = data.vsphere_host.esx[count.index].id
  network_adapters = ["vmnic2", "vmnic3"]
  active_nics      = ["vmnic2"]
  standby_nics     = ["vmnic3"]
}

resource "vsphere_host_port_group" "nfs" {
  count               = length(data.vsphere_host.esx)
  name                = "nfs"
  host_system_id      = data.vsphere_host.esx[count.index].id
  virtual_switch_name = vsphere_host_virtual_switch.storage[count.index].name
  vlan_id             = 40
}

resource "vsphere_vnic" "vmk2" {
  host      = data.vsphere_host.esx[0].id
  portgroup = vsphere_host_port_group.nfs[0].name
  ipv4 {
    dhcp = true
  }
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
}

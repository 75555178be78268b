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

data "vsphere_ovf_vm_template" "proxy" {
  name             = "proxy"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id     = data.vsphere_datastore.nvme.id
  host_system_id   = data.vsphere_host.first.id
  remote_ovf_url   = "https://files.lab.example/proxy.ova"
  ovf_network_map = {
    "Management" = data.vsphere_network.lan.id
  }
}

resource "vsphere_virtual_machine" "proxy" {
  name             = data.vsphere_ovf_vm_template.proxy.name
  datacenter_id    = data.vsphere_datacenter.dc.id
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id     = data.vsphere_datastore.nvme.id
  host_system_id   = data.vsphere_host.first.id
  num_cpus         = 4
  memory           = 8192
  guest_id         = data.vsphere_ovf_vm_template.proxy.guest_id
  firmware         = data.vsphere_ovf_vm_template.proxy.firmware
  scsi_type        = data.vsphere_ovf_vm_template.proxy.scsi_type

  dynamic "network_interface" {
    for_each = data.vsphere_ovf_vm_template.proxy.ovf_network_map
    content {
      network_id = network_interface.value
    }
  }

  ovf_deploy {
    remote_ovf_url            = data.vsphere_ovf_vm_template.proxy.remote_ovf_url
    disk_provisioning         = "thin"
    allow_unverified_ssl_cert = false
    ovf_network_map           = data.vsphere_ovf_vm_template.proxy.ovf_network_map
  }

  vapp {
    properties = {
      "hostname" = "proxy.lab.example"
    }
  }

  lifecycle {
    ignore_changes = [vapp[0].properties, host_system_id]
  }
}

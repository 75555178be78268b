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
resource "vsphere_virtual_machine" "web" {
  name             = "web"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id     = data.vsphere_datastore.nvme.id
  guest_id         = data.vsphere_virtual_machine.plain.guest_id
  num_cpus         = 2
  memory           = 4096
  network_interface {
    network_id = data.vsphere_network.lan.id
  }
  disk {
    label = "disk0"
    size  = data.vsphere_virtual_machine.plain.disks[0].size
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.plain.id
  }
  alternate_guest_name        = ""
  boot_delay                  = 5000
  cpu_hot_add_enabled         = true
  cpu_limit                   = -1
  cpu_reservation             = 0
  cpu_share_level             = "normal"
  enable_logging              = true
  folder                      = ""
  force_power_off             = true
  hv_mode                     = "hvAuto"
  latency_sensitivity         = "normal"
  memory_hot_add_enabled      = true
  memory_limit                = -1
  memory_reservation          = 0
  memory_share_level          = "normal"
  migrate_wait_timeout        = 30
  nested_hv_enabled           = false
  num_cores_per_socket        = 1
  pci_device_id               = []
  scsi_controller_count       = 1
  shutdown_wait_timeout       = 3
  swap_placement_policy       = "inherit"
  sync_time_with_host         = true
  tools_upgrade_policy        = "manual"
  wait_for_guest_ip_timeout   = 0
  wait_for_guest_net_routable = false
  wait_for_guest_net_timeout  = -1
}

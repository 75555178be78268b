variable "esx_password" {
  type      = string
  sensitive = true
}

resource "vsphere_datacenter" "dc" {
  name = "dc-1"
}

resource "vsphere_host" "esx" {
  count    = 4
  hostname = "esx-${count.index + 1}"
  username = "root"
  password = var.esx_password
  cluster  = vsphere_compute_cluster.gpu.id
}

resource "vsphere_compute_cluster" "gpu" {
  name                                                  = "gpu"
  datacenter_id                                         = vsphere_datacenter.dc.moid
  host_managed                                          = true
  drs_enabled                                           = true
  drs_automation_level                                  = "fullyAutomated"
  ha_enabled                                            = true
  ha_admission_control_resource_percentage_auto_compute = false
  ha_admission_control_resource_percentage_cpu          = 25
  ha_admission_control_resource_percentage_memory       = 25
}

resource "vsphere_license" "esx" {
  license_key = "00000-00000-00000-00000-00000"
}

data "vsphere_virtual_machine" "gpu" {
  name          = "ubuntu-a100"
  datacenter_id = vsphere_datacenter.dc.moid
}

resource "vsphere_nas_datastore" "nfs" {
  name            = "nfs"
  host_system_ids = vsphere_host.esx[*].id
  type            = "NFS"
  remote_hosts    = ["filer.lab.example"]
  remote_path     = "/export/vms"
}

resource "vsphere_virtual_machine" "train" {
  name               = "train"
  resource_pool_id   = vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id       = vsphere_nas_datastore.nfs.id
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
    network_id = "network-12"
  }
  disk {
    label = "disk0"
    size  = data.vsphere_virtual_machine.gpu.disks[0].size
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.gpu.id
  }
}

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

resource "vsphere_datastore_cluster" "fast" {
  name          = "fast"
  datacenter_id = data.vsphere_datacenter.dc.id
  sdrs_enabled  = true
}

resource "vsphere_vmfs_datastore" "fast" {
  name                 = "fast-1"
  host_system_id       = data.vsphere_host.esx[0].id
  datastore_cluster_id = vsphere_datastore_cluster.fast.id
  disks                = ["naa.6000000000000001"]
}

resource "vsphere_nas_datastore" "bulk" {
  name                 = "bulk-1"
  host_system_ids      = data.vsphere_host.esx[*].id
  datastore_cluster_id = vsphere_datastore_cluster.fast.id
  type                 = "NFS41"
  remote_hosts         = ["filer.lab.example"]
  remote_path          = "/export/bulk"
}

resource "vsphere_storage_drs_vm_override" "train" {
  datastore_cluster_id = vsphere_datastore_cluster.fast.id
  virtual_machine_id   = vsphere_virtual_machine.train.id
  sdrs_enabled         = false
}

resource "vsphere_datastore_cluster_vm_anti_affinity_rule" "apart" {
  name                 = "apart"
  datastore_cluster_id = vsphere_datastore_cluster.fast.id
  virtual_machine_ids  = [vsphere_virtual_machine.train.id, vsphere_virtual_machine.db.id]
}

resource "vsphere_virtual_machine" "train" {
  name                 = "train"
  resource_pool_id     = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_cluster_id = vsphere_datastore_cluster.fast.id
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
resource "vsphere_virtual_machine" "db" {
  name                 = "db"
  resource_pool_id     = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_cluster_id = vsphere_datastore_cluster.fast.id
  guest_id             = data.vsphere_virtual_machine.plain.guest_id
  num_cpus             = 2
  memory               = 4096
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
}

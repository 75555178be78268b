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

locals {
  workers = {
    gpu-1 = { cpus = 16, memory = 65536 }
    gpu-2 = { cpus = 32, memory = 131072 }
  }
  user_data = {
    for name in keys(local.workers) : name => base64encode(yamlencode({ hostname = name, ssh_pwauth = false }))
  }
}

resource "vsphere_virtual_machine" "master" {
  count            = 3
  name             = "master-${count.index}"
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
  enable_disk_uuid = true
  extra_config = {
    "guestinfo.userdata"          = base64gzip("#cloud-config")
    "guestinfo.userdata.encoding" = "gzip+base64"
  }
}

resource "vsphere_virtual_machine" "worker" {
  for_each           = local.workers
  name               = each.key
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  datastore_id       = data.vsphere_datastore.nvme.id
  guest_id           = data.vsphere_virtual_machine.gpu.guest_id
  num_cpus           = each.value.cpus
  memory             = each.value.memory
  memory_reservation = each.value.memory
  firmware           = "efi"
  enable_disk_uuid   = true

  extra_config = merge(
    {
      "pciPassthru.use64bitMMIO"    = "TRUE"
      "pciPassthru.64bitMMIOSizeGB" = "128"
    },
    {
      "guestinfo.userdata"          = local.user_data[each.key]
      "guestinfo.userdata.encoding" = "base64"
    },
  )

  network_interface {
    network_id = data.vsphere_network.lan.id
  }

  disk {
    label = "disk0"
    size  = 200
  }

  clone {
    template_uuid = data.vsphere_virtual_machine.gpu.id
  }

  lifecycle {
    ignore_changes = [extra_config, annotation, disk, tags]
  }

  depends_on = [vsphere_virtual_machine.master]
}

resource "vsphere_compute_cluster_vm_anti_affinity_rule" "masters" {
  name                = "masters-apart"
  compute_cluster_id  = data.vsphere_compute_cluster.gpu.id
  virtual_machine_ids = vsphere_virtual_machine.master[*].id
  mandatory           = true
}

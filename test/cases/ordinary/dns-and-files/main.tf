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

resource "tls_private_key" "ops" {
  algorithm = "ED25519"
}

resource "vsphere_virtual_machine" "train" {
  count              = 2
  name               = format("train-%02d", count.index + 1)
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

resource "dns_a_record_set" "train" {
  count     = length(vsphere_virtual_machine.train)
  zone      = "lab.example."
  name      = vsphere_virtual_machine.train[count.index].name
  addresses = [vsphere_virtual_machine.train[count.index].default_ip_address]
}

resource "local_file" "hosts" {
  filename = "${path.module}/hosts.ini"
  content = templatefile("${path.module}/hosts.tftpl", {
    nodes = { for node in vsphere_virtual_machine.train : node.name => node.default_ip_address }
  })
}

resource "local_sensitive_file" "key" {
  filename        = "${path.module}/id_ops"
  content         = tls_private_key.ops.private_key_openssh
  file_permission = "0600"
}

output "addresses" {
  value = vsphere_virtual_machine.train[*].default_ip_address
}

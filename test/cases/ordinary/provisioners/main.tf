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
  connection {
    type = "ssh"
    user = "ops"
    host = vsphere_virtual_machine.train.default_ip_address
  }
  provisioner "remote-exec" {
    inline = ["nvidia-smi"]
  }
  provisioner "local-exec" {
    when       = destroy
    command    = "echo ${self.name} is gone"
    on_failure = continue
  }
}

resource "null_resource" "playbook" {
  triggers = {
    address = vsphere_virtual_machine.train.default_ip_address
  }
  provisioner "local-exec" {
    command = "ansible-playbook -i '${vsphere_virtual_machine.train.default_ip_address},' gpu.yml"
  }
}

resource "terraform_data" "smoke_test" {
  input            = vsphere_virtual_machine.train.id
  triggers_replace = [vsphere_virtual_machine.train.moid]
}

resource "time_sleep" "settle" {
  create_duration = "30s"
  depends_on      = [vsphere_virtual_machine.train]
}

data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}
data "vsphere_virtual_machine" "golden" {
  name = "golden"
}
resource "vsphere_virtual_machine" "train" {
  count              = 1
  name               = "train-${count.index}"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  guest_id           = data.vsphere_virtual_machine.golden.guest_id
  firmware           = "efi"
  hardware_version   = 20
  num_cpus           = 4
  memory             = 65536
  memory_reservation = 65536
  extra_config = {
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "256"
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.golden.id
  }
}

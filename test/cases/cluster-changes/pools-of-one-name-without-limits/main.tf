data "vsphere_compute_cluster" "c" {
  name = "gpu"
}
data "vsphere_virtual_machine" "t1" {
  name = "t1"
}
resource "vsphere_resource_pool" "outer" {
  for_each                = toset(["dev", "prod"])
  name                    = each.key
  parent_resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
}
resource "vsphere_resource_pool" "dev" {
  name                    = "ml"
  parent_resource_pool_id = vsphere_resource_pool.outer["dev"].id
}
resource "vsphere_resource_pool" "prod" {
  name                    = "ml"
  parent_resource_pool_id = vsphere_resource_pool.outer["prod"].id
}
resource "vsphere_virtual_machine" "a" {
  count              = 2
  name               = "a-${count.index}"
  resource_pool_id   = vsphere_resource_pool.dev.id
  guest_id           = "ubuntu64Guest"
  firmware           = "efi"
  hardware_version   = 20
  num_cpus           = 4
  memory             = 65536
  memory_reservation = 65536
  clone {
    template_uuid = data.vsphere_virtual_machine.t1.id
  }
}

data "vsphere_datacenter" "dc" {
  name = "dc-1"
}
data "vsphere_compute_cluster" "c" {
  name          = "gpu"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_virtual_machine" "t1" {
  name          = "t1"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_host" "h1" {
  name          = "h1"
  datacenter_id = data.vsphere_datacenter.dc.id
}
resource "vsphere_folder" "f" {
  path          = "gpu"
  type          = "vm"
  datacenter_id = data.vsphere_datacenter.dc.id
}
resource "vsphere_tag_category" "k" {
  name             = "owner"
  cardinality      = "SINGLE"
  associable_types = ["VirtualMachine"]
}
resource "vsphere_tag" "t" {
  name        = "ml"
  category_id = vsphere_tag_category.k.id
}
resource "vsphere_host_port_group" "n" {
  name                = "ml"
  host_system_id      = data.vsphere_host.h1.id
  virtual_switch_name = "vSwitch0"
}
resource "null_resource" "ready" {
  triggers = {
    vm      = vsphere_virtual_machine.a.id
    cluster = data.vsphere_compute_cluster.c.id
  }
}
resource "dns_a_record_set" "a" {
  zone      = "example.com."
  name      = "a"
  addresses = [vsphere_virtual_machine.a.default_ip_address]
}
resource "local_file" "inventory" {
  filename = "inventory"
  content  = vsphere_virtual_machine.a.default_ip_address
}
resource "vsphere_role" "r" {
  name            = "viewer"
  role_privileges = []
}
resource "vsphere_virtual_machine" "a" {
  name               = "a"
  resource_pool_id   = data.vsphere_compute_cluster.c.resource_pool_id
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

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
resource "vsphere_compute_cluster" "own" {
  name                                        = "gpu"
  datacenter_id                               = data.vsphere_datacenter.dc.id
  drs_enabled                                 = true
  drs_automation_level                        = "fullyAutomated"
  ha_enabled                                  = true
  ha_admission_control_policy                 = "disabled"
  ha_admission_control_host_failure_tolerance = 3
}
resource "vsphere_virtual_machine" "a" {
  name               = "a"
  resource_pool_id   = vsphere_compute_cluster.own.resource_pool_id
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

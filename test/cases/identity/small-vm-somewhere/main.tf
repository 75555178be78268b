data "vsphere_resource_pool" "p" {
  name = "team"
}

resource "vsphere_virtual_machine" "web" {
  name             = "web"
  resource_pool_id = data.vsphere_resource_pool.p.id
  memory           = 2048
}

data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}

data "vsphere_tag_category" "team" {
  name = "team"
}

module "vm" {
  source = "./vm"
  count  = length(data.vsphere_tag_category.team.description)
  name   = "vm-${count.index}"
  pool   = data.vsphere_compute_cluster.gpu.resource_pool_id
}

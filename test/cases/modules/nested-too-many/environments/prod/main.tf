data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}

module "team" {
  source = "../../modules/team"
  for_each = {
    infer = { a = {}, b = {} }
    train = { a = {}, b = {} }
  }

  team = each.key
  vms  = each.value
  pool = data.vsphere_compute_cluster.gpu.resource_pool_id
}

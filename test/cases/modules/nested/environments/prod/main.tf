data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}

module "team" {
  source = "../../modules/team"
  for_each = {
    infer = { a = {}, b = { memory = 131072 } }
    train = { a = {} }
  }

  team = each.key
  vms  = each.value
  pool = data.vsphere_compute_cluster.gpu.resource_pool_id
}

output "infer" {
  value = values(module.team["infer"].ids)
}

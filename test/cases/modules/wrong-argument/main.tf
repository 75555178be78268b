data "vsphere_compute_cluster" "gpu" {
  name = "gpu"
}

module "vm" {
  source = "./vm"
  name   = "train"
  pool   = data.vsphere_compute_cluster.gpu.resource_pool_id
  memroy = 1024
}

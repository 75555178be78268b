module "gpu" {
  source = "git::https://git.lab/gpu.git"
}

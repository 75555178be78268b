module "gpu" {
  source = "./gpu"
}

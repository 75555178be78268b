variable "kind" {
  type = string
}

locals {
  sizes = {
    small = { memory = 16384, cpus = 2 }
    large = { memory = 65536, cpus = 8 }
  }
}

output "memory" {
  value = local.sizes[var.kind].memory
}

output "cpus" {
  value = local.sizes[var.kind].cpus
}

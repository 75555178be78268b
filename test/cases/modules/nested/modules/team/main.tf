variable "team" {
  type = string
}

variable "vms" {
  type = map(object({ memory = optional(number) }))
}

variable "pool" {
  type = string
}

module "vm" {
  source   = "../vm"
  for_each = var.vms

  name = "${var.team}-${each.key}"
  pool = var.pool
  size = each.value
}

output "ids" {
  value = { for name, vm in module.vm : name => vm.id }
}

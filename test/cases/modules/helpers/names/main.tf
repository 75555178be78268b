variable "prefix" {
  type = string
}

output "names" {
  value = [for i in range(2) : format("%s-%02d", var.prefix, i + 1)]
}

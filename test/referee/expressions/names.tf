# What the expressions of table.txt may refer to.
variable "list" {
  type    = list(string)
  default = ["b", "a", "c"]
}
variable "numbers" {
  type    = list(number)
  default = [3, "1", 2]
}
variable "set" {
  type    = set(string)
  default = ["b", "a", "b"]
}
variable "map" {
  type    = map(string)
  default = { b = 2, a = "1", "x y" = true }
}
variable "object" {
  type = object({
    name   = string
    memory = optional(number, 1024)
    tags   = optional(map(string), { team = "ml" })
    disk   = optional(object({ size = optional(number, 40), thin = optional(bool) }), {})
    spare  = optional(string)
  })
  default = { name = "a", unknown_attribute = 1 }
}
variable "objects" {
  type = map(object({ cpus = optional(number, 2), memory = number }))
  default = {
    a = { memory = 4096 }
    b = { memory = "8192", cpus = 4 }
  }
}
variable "tuple" {
  type    = tuple([string, number, bool])
  default = [1, "2", "true"]
}
variable "any" {
  default = [1, "a", null]
}
variable "nothing" {
  type    = string
  default = null
}
variable "text" {
  type    = string
  default = 42
}
variable "yes" {
  type    = bool
  default = "true"
}
locals {
  objects = [{ id = "x", n = 1 }, { id = "y", n = 2 }]
  nested  = { a = { b = { c = [1, [2, 3]] } } }
  empty   = []
  mixed   = { one = 1, two = "2", three = null }
  hosts   = { "esx-01" = ["0000:af:00.0", "0000:3b:00.0"], "esx-02" = ["0000:af:00.0"] }
}

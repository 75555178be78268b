# Ways to make VMs. NUMBER, TEXT, BOOL, MAP and LIST are values: literals in the catalogue, anything of values.hcl in random folders. The
# marks are those of values.hcl. Each folder has the data sources of common.tf.

### one VM
resource "vsphere_virtual_machine" "@vm" {
  name                             = TEXT
  resource_pool_id                 = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory                           = NUMBER
  memory_reservation               = NUMBER
  memory_reservation_locked_to_max = BOOL
  num_cpus                         = NUMBER
  extra_config                     = MAP
  pci_device_id                    = LIST
}

### one attribute
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  folder           = TEXT
  memory           = NUMBER
  cpu_hot_add_enabled = BOOL
  extra_config     = MAP
  pci_device_id    = LIST
}

### one VM, other attributes
resource "vsphere_virtual_machine" "@vm" {
  name                   = "@vm"
  resource_pool_id       = data.vsphere_compute_cluster.gpu.resource_pool_id
  host_system_id         = data.vsphere_host.pinned.id
  firmware               = "efi"
  guest_id               = TEXT
  folder                 = TEXT
  cpu_reservation        = NUMBER
  cpu_limit              = NUMBER
  memory_limit           = -1
  cpu_hot_add_enabled    = BOOL
  memory_hot_add_enabled = BOOL
  hardware_version       = 21
  latency_sensitivity    = "high"
  datastore_id           = data.vsphere_datastore.fast.id
  network_interface { network_id = data.vsphere_network.lan.id }
  clone { template_uuid = data.vsphere_virtual_machine.template.id }
}

### nothing but what must be
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### null everywhere
resource "vsphere_virtual_machine" "@vm" {
  name               = "@vm"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  host_system_id     = null
  memory             = null
  memory_reservation = false ? NUMBER : null
  extra_config       = null
  pci_device_id      = null
  firmware           = null
}

### null of a variable's optional attributes
variable "@x" {
  type = object({ memory = optional(number), reservation = optional(number), config = optional(map(string)), devices = optional(set(string)) })
  default = {}
}
resource "vsphere_virtual_machine" "@vm" {
  name               = "@vm"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory             = var.@x.memory
  memory_reservation = var.@x.reservation
  extra_config       = var.@x.config
  pci_device_id      = var.@x.devices
}

### count
resource "vsphere_virtual_machine" "@vm" {
  count            = 2
  name             = format("@%02d", count.index + 1)
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = NUMBER
  num_cpus         = count.index + 1
}

### count, on and off
variable "@on" { default = true }
resource "vsphere_virtual_machine" "@on" {
  count            = var.@on ? 1 : 0
  name             = "@on"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}
resource "vsphere_virtual_machine" "@off" {
  count            = (BOOL) && !var.@on ? 1 : 0
  name             = "@off"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### count in quotes
variable "@n" { default = "2" }
resource "vsphere_virtual_machine" "@vm" {
  count            = var.@n
  name             = "@${count.index}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### count, length of a list
variable "@names" {
  type    = list(string)
  default = ["a", "b"]
}
resource "vsphere_virtual_machine" "@vm" {
  count            = length(var.@names)
  name             = format("%s-%s", element(var.@names, count.index), TEXT)
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### count, length of a set
variable "@names" {
  type    = set(string)
  default = ["b", "a", "b"]
}
resource "vsphere_virtual_machine" "@vm" {
  count            = length(var.@names)
  name             = tolist(var.@names)[count.index]
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### count, optional number of an object
variable "@x" {
  type    = object({ n = optional(number, 2) })
  default = {}
}
resource "vsphere_virtual_machine" "@vm" {
  count            = var.@x.n
  name             = "@${count.index}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### for_each of a set
resource "vsphere_virtual_machine" "@vm" {
  for_each         = toset(["b", "a", "b"])
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  folder           = each.value
}

### for_each of a set variable
variable "@x" {
  type    = set(string)
  default = ["b", "a", "b"]
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = var.@x
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### for_each of a set of numbers as texts
variable "@x" {
  type    = set(string)
  default = [10, 9]
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = var.@x
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### for_each of an object
resource "vsphere_virtual_machine" "@vm" {
  for_each = {
    small = { memory = 1024, cpus = 1 }
    large = { memory = 65536, cpus = 8 }
  }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = each.value.memory
  num_cpus         = each.value["cpus"]
}

### for_each of an object with lookups
locals {
  @vms = {
    a = { memory = 2048 }
    b = { cpus = 4, label = null }
  }
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = local.@vms
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = lookup(each.value, "memory", NUMBER)
  num_cpus         = try(each.value.cpus, 2)
  folder           = lookup(each.value, "label", "none")
}

### for_each of a map of objects with optional defaults
variable "@vms" {
  type = map(object({
    cpus    = optional(number, 4)
    memory  = optional(number, 65536)
    devices = optional(set(string), [])
    config  = optional(map(string), {})
  }))
}
--- terraform.tfvars
@vms = {
  a = {}
  b = { cpus = "8", memory = null, devices = ["0000:af:00.0", "0000:af:00.0"] }
  c = { config = { "pciPassthru.64bitMMIOSizeGB" = 64 }, unknown = 1 }
}
--- main.tf
resource "vsphere_virtual_machine" "@vm" {
  for_each           = var.@vms
  name               = "@${each.key}"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  num_cpus           = each.value.cpus
  memory             = each.value.memory
  memory_reservation = each.value.memory
  pci_device_id      = each.value.devices
  extra_config       = merge(each.value.config, { "pciPassthru.use64bitMMIO" = "TRUE" })
}

### for_each that takes some of them
variable "@vms" {
  type = map(object({ enabled = optional(bool, true), memory = optional(number, 4096) }))
  default = {
    a = {}
    b = { enabled = false }
    c = { enabled = "true", memory = 1024 }
  }
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = { for k, v in var.@vms : k => v if v.enabled }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = each.value.memory
}

### for_each of a list of objects by name
locals {
  @vms = [
    { name = "x", memory = 1024 },
    { name = "y", memory = 2048 },
  ]
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = { for vm in local.@vms : vm.name => vm }
  name             = "@${each.value.name}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = each.value.memory + 1024
}

### for_each of a product
locals {
  @hosts = { "esx-01" = ["0000:af:00.0", "0000:3b:00.0"], "esx-02" = ["0000:af:00.0"] }
  @flat  = flatten([for host, devices in local.@hosts : [for i, device in devices : { key = "${host}-${i}", device = device }]])
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = { for each in local.@flat : each.key => each.device }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  pci_device_id    = [each.value]
}

### for_each of setproduct
resource "vsphere_virtual_machine" "@vm" {
  for_each         = { for pair in setproduct(["a", "b"], ["x"]) : "${pair[0]}-${pair[1]}" => pair }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  folder           = each.value[1]
}

### for_each of nothing
variable "@x" {
  type    = map(string)
  default = null
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = var.@x != null ? var.@x : {}
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### for_each of zipmap
resource "vsphere_virtual_machine" "@vm" {
  for_each         = zipmap(["a", "b"], [1024, 2048])
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = each.value
}

### for_each of a conditional
variable "@vms" {
  type    = map(string)
  default = { a = "1024" }
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = length(var.@vms) > 0 ? var.@vms : { none = "1" }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = each.value
}

### for_each of keys that are numbers
resource "vsphere_virtual_machine" "@vm" {
  for_each         = { for i in range(8, 11) : i => "n${i}" }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  folder           = each.value
}

### for_each of a set from a splat
locals { @vms = [{ name = "x" }, { name = "y" }, { name = "x" }] }
resource "vsphere_virtual_machine" "@vm" {
  for_each         = toset(local.@vms[*].name)
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### for_each of the differences of sets
resource "vsphere_virtual_machine" "@vm" {
  for_each         = setsubtract(toset(["a", "b", "c"]), ["b"])
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### for_each of a file
--- @vms.yaml
a: { memory: 2048, gpus: [ "10de:20f1" ] }
b: { memory: 4096 }
--- main.tf
locals { @vms = yamldecode(file("${path.module}/@vms.yaml")) }
resource "vsphere_virtual_machine" "@vm" {
  for_each         = local.@vms
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = each.value.memory
  extra_config     = { for i, id in try(each.value.gpus, []) : "pciPassthru${i}.allowedDevices" => id }
}

### devices as objects with optional labels
variable "@gpus" {
  type = list(object({ id = string, label = optional(string), count = optional(number, 1) }))
  default = [{ id = "10de:20f1", label = "Training" }, { id = "10de:2331", count = 2 }]
}
locals {
  @each = flatten([for gpu in var.@gpus : [for i in range(gpu.count) : gpu]])
  @config = merge([for i, gpu in local.@each : merge(
    { "pciPassthru${i}.allowedDevices" = gpu.id },
    gpu.label == null ? {} : { "pciPassthru${i}.customLabel" = gpu.label },
  )]...)
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = 65536
  memory_reservation = floor(65536 * 1)
  extra_config     = merge(local.@config, { "pciPassthru.64bitMMIOSizeGB" = pow(2, ceil(log(128, 2))) })
}

### for_each over another resource
resource "vsphere_virtual_machine" "@a" {
  for_each         = toset(["a", "b"])
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = NUMBER
}
resource "vsphere_virtual_machine" "@b" {
  for_each         = vsphere_virtual_machine.@a
  name             = "${each.value.name}-2"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = each.value.memory
}

### keys that need escapes
resource "vsphere_virtual_machine" "@vm" {
  for_each         = { "a b" = 1, "q\"q" = 2, "é" = 3, "a.b" = 4 }
  name             = "@${each.value}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### keys of the highest and the highest but one
resource "vsphere_virtual_machine" "@vm" {
  count            = 2
  name             = keys({ "\U0001F600" = 1, "\uFF5E" = 2 })[count.index]
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}

### attributes of another VM
resource "vsphere_virtual_machine" "@a" {
  count            = 2
  name             = "@a${count.index}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = 1024 * (count.index + 1)
}
resource "vsphere_virtual_machine" "@b" {
  name             = vsphere_virtual_machine.@a[1].name
  resource_pool_id = vsphere_virtual_machine.@a[0].resource_pool_id
  memory           = sum(vsphere_virtual_machine.@a[*].memory)
  num_cpus         = length(vsphere_virtual_machine.@a)
  folder           = join(",", vsphere_virtual_machine.@a.*.name)
}

### ? attributes of another VM that it does not set
resource "vsphere_virtual_machine" "@a" {
  name             = "@a"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
}
resource "vsphere_virtual_machine" "@b" {
  name             = "@b"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  folder           = vsphere_virtual_machine.@a.folder == null ? "none" : "some"
}

### data sources with count and for_each
data "vsphere_host" "@h" {
  count         = 2
  name          = "@esx-0${count.index + 1}"
  datacenter_id = data.vsphere_datacenter.dc.id
}
data "vsphere_network" "@n" {
  for_each = toset(["@lan", "@storage"])
  name     = each.key
}
resource "vsphere_virtual_machine" "@vm" {
  count            = 2
  name             = "@${count.index}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  host_system_id   = data.vsphere_host.@h[count.index].id
  dynamic "network_interface" {
    for_each = data.vsphere_network.@n
    content { network_id = network_interface.value.id }
  }
}

### host by name or none
variable "@host" {
  type    = string
  default = "@esx"
}
data "vsphere_host" "@h" {
  count         = var.@host != null ? 1 : 0
  name          = var.@host
  datacenter_id = data.vsphere_datacenter.dc.id
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  host_system_id   = one(data.vsphere_host.@h[*].id)
}

### host by a map of data sources
data "vsphere_host" "@h" {
  for_each      = { a = "@esx-01", b = "@esx-02" }
  name          = each.value
  datacenter_id = data.vsphere_datacenter.dc.id
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = { x = "a", y = null }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  host_system_id   = each.value == null ? null : data.vsphere_host.@h[each.value].id
}

### pools, hosts and standing alone
data "vsphere_resource_pool" "@p" { name = "@pool" }
data "vsphere_host" "@h" {
  name          = "@esx"
  datacenter_id = data.vsphere_datacenter.dc.id
}
resource "vsphere_virtual_machine" "@a" {
  name             = "@a"
  resource_pool_id = data.vsphere_resource_pool.@p.id
}
resource "vsphere_virtual_machine" "@b" {
  name             = "@b"
  resource_pool_id = data.vsphere_host.@h.resource_pool_id
}
resource "vsphere_virtual_machine" "@c" {
  name             = "@c"
  resource_pool_id = "resgroup-42"
  host_system_id   = "host-7"
}

### template by a map
data "vsphere_virtual_machine" "@t" {
  for_each = toset(["@linux", "@windows"])
  name     = each.value
}
resource "vsphere_virtual_machine" "@vm" {
  for_each         = { a = "linux", b = "windows" }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  clone { template_uuid = data.vsphere_virtual_machine.@t["@${each.value}"].id }
}

### attributes of a template
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  num_cpus         = NUMBER
  disk {
    label = "disk0"
    size  = data.vsphere_virtual_machine.template.disks[0].size
  }
  clone { template_uuid = data.vsphere_virtual_machine.template.id }
}

### dynamic blocks
variable "@networks" {
  type    = list(string)
  default = ["@lan", "@san"]
}
data "vsphere_network" "@n" {
  count = length(var.@networks)
  name  = var.@networks[count.index]
}
data "vsphere_datastore" "@d" { name = "@store" }
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  dynamic "network_interface" {
    for_each = range(length(var.@networks))
    iterator = nic
    content { network_id = data.vsphere_network.@n[nic.value].id }
  }
  dynamic "disk" {
    for_each = { system = 40, data = 100 }
    content {
      label        = disk.key
      size         = disk.value
      unit_number  = index(["system", "data"], disk.key)
      datastore_id = data.vsphere_datastore.@d.id
    }
  }
  dynamic "clone" {
    for_each = true ? [data.vsphere_virtual_machine.template.id] : []
    content {
      template_uuid = clone.value
      dynamic "customize" {
        for_each = toset([])
        content {}
      }
    }
  }
}

### dynamic blocks of nothing
variable "@x" {
  type    = object({ template = optional(string), disks = optional(list(number), []) })
  default = {}
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  dynamic "clone" {
    for_each = var.@x.template[*]
    content { template_uuid = clone.value }
  }
  dynamic "disk" {
    for_each = var.@x.disks
    content {
      label = "disk${disk.key}"
      size  = disk.value
    }
  }
}

### dynamic of a set
data "vsphere_network" "@n" {
  for_each = toset(["@b", "@a"])
  name     = each.key
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  dynamic "network_interface" {
    for_each = toset(["@b", "@a", "@b"])
    content { network_id = data.vsphere_network.@n[network_interface.key].id }
  }
}

### blocks of a JSON file
--- @more.tf.json
{
  "resource": {
    "vsphere_virtual_machine": {
      "@vm": [{
        "count": 2,
        "name": "@${count.index}",
        "resource_pool_id": "${data.vsphere_compute_cluster.gpu.resource_pool_id}",
        "memory": "${1024 * 2}",
        "extra_config": { "a": "${upper(\"b\")}", "n": 1, "t": true },
        "network_interface": [{ "network_id": "${data.vsphere_network.lan.id}" }]
      }]
    }
  }
}

### ! a JSON file with lists of blocks
--- @more.tf.json
[{
  "locals": [{ "@a": 2048 }, { "@b": ["x"] }],
  "variable": { "@v": { "type": "number", "default": "4" } }
}, {
  "resource": [{
    "vsphere_virtual_machine": { "@vm": {
      "name": "@${local.@b[0]}",
      "resource_pool_id": "${data.vsphere_compute_cluster.gpu.resource_pool_id}",
      "memory": "${local.@a}",
      "num_cpus": "${var.@v}"
    } }
  }]
}]

### an override file
--- main.tf
variable "@x" {
  type    = number
  default = 1
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = 1024
  num_cpus         = var.@x
  network_interface { network_id = data.vsphere_network.lan.id }
}
--- @more_override.tf
variable "@x" { default = 4 }
resource "vsphere_virtual_machine" "@vm" {
  memory = 8192
}

### lifecycle, timeouts and conditions
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = NUMBER
  depends_on       = [data.vsphere_host.pinned]
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [annotation, extra_config["a"], clone[0].template_uuid]
    precondition {
      condition     = data.vsphere_host.pinned.id != ""
      error_message = "short"
    }
    postcondition {
      condition     = self.memory > 0
      error_message = "none"
    }
  }
}
check "@c" {
  assert {
    condition     = vsphere_virtual_machine.@vm.num_cpus > 0
    error_message = "none"
  }
}
moved {
  from = vsphere_virtual_machine.@old
  to   = vsphere_virtual_machine.@vm
}
removed {
  from = vsphere_virtual_machine.@gone
  lifecycle { destroy = false }
}

### validation and ephemeral variables
variable "@x" {
  type    = number
  default = 2048
  validation {
    condition     = var.@x % 1024 == 0
    error_message = "not a multiple"
  }
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = var.@x
}

### provider aliases
provider "vsphere" {
  alias          = "@other"
  vsphere_server = "other.lab"
}
data "vsphere_compute_cluster" "@c" {
  provider = vsphere.@other
  name     = "@cluster"
}
resource "vsphere_virtual_machine" "@vm" {
  provider         = vsphere.@other
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.@c.resource_pool_id
}

### values that another resource will have
resource "terraform_data" "@d" { input = 2048 }
resource "vsphere_folder" "@f" {
  path          = "@gpu"
  type          = "vm"
  datacenter_id = data.vsphere_datacenter.dc.id
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = terraform_data.@d.input
  num_cpus         = length(terraform_data.@d.id) > 0 ? 2 : 4
  folder           = vsphere_folder.@f.path
}

### chain of sixty locals
locals {
  @x0  = NUMBER
  @x1 = local.@x0
  @x2 = local.@x1
  @x3 = local.@x2
  @x4 = local.@x3
  @x5 = local.@x4
  @x6 = local.@x5
  @x7 = local.@x6
  @x8 = local.@x7
  @x9 = local.@x8
  @x10 = local.@x9
  @x11 = local.@x10
  @x12 = local.@x11
  @x13 = local.@x12
  @x14 = local.@x13
  @x15 = local.@x14
  @x16 = local.@x15
  @x17 = local.@x16
  @x18 = local.@x17
  @x19 = local.@x18
  @x20 = local.@x19
  @x21 = local.@x20
  @x22 = local.@x21
  @x23 = local.@x22
  @x24 = local.@x23
  @x25 = local.@x24
  @x26 = local.@x25
  @x27 = local.@x26
  @x28 = local.@x27
  @x29 = local.@x28
  @x30 = local.@x29
  @x31 = local.@x30
  @x32 = local.@x31
  @x33 = local.@x32
  @x34 = local.@x33
  @x35 = local.@x34
  @x36 = local.@x35
  @x37 = local.@x36
  @x38 = local.@x37
  @x39 = local.@x38
  @x40 = local.@x39
  @x41 = local.@x40
  @x42 = local.@x41
  @x43 = local.@x42
  @x44 = local.@x43
  @x45 = local.@x44
  @x46 = local.@x45
  @x47 = local.@x46
  @x48 = local.@x47
  @x49 = local.@x48
  @x50 = local.@x49
  @x51 = local.@x50
  @x52 = local.@x51
  @x53 = local.@x52
  @x54 = local.@x53
  @x55 = local.@x54
  @x56 = local.@x55
  @x57 = local.@x56
  @x58 = local.@x57
  @x59 = local.@x58
  @x60 = local.@x59
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = local.@x60
}

### VM in a module
module "@m" {
  source = "./modules/@m"
  pool   = data.vsphere_compute_cluster.gpu.resource_pool_id
  name   = TEXT
  memory = NUMBER
  config = MAP
}
--- modules/@m/main.tf
variable "pool" {}
variable "name" { type = string }
variable "memory" {
  type    = number
  default = 1024
}
variable "config" { type = map(string) }
resource "vsphere_virtual_machine" "@vm" {
  name               = var.name
  resource_pool_id   = var.pool
  memory             = var.memory
  memory_reservation = var.memory
  extra_config       = var.config
}

### VMs in a module with count
module "@m" {
  count  = 2
  source = "./modules/@m"
  name   = "@${count.index}"
}
--- modules/@m/main.tf
variable "name" { type = string }
data "vsphere_compute_cluster" "c" { name = "@cluster" }
resource "vsphere_virtual_machine" "@vm" {
  count            = 2
  name             = "${var.name}-${count.index}"
  resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
}

### VMs in a module with for_each
variable "@vms" {
  type = map(object({ memory = optional(number, 2048), devices = optional(list(string), []) }))
  default = {
    a = {}
    b = { memory = 4096, devices = ["0000:af:00.0"] }
  }
}
module "@m" {
  for_each = var.@vms
  source   = "./modules/@m"
  name     = each.key
  vm       = each.value
  pool     = data.vsphere_compute_cluster.gpu.resource_pool_id
}
--- modules/@m/main.tf
variable "name" { type = string }
variable "pool" { type = string }
variable "vm" {
  type = object({ memory = number, devices = set(string), cpus = optional(number, 4) })
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@${var.name}"
  resource_pool_id = var.pool
  memory           = var.vm.memory
  num_cpus         = var.vm.cpus
  pci_device_id    = var.vm.devices
}

### VMs in a module in a module
module "@m" {
  source = "./modules/@m"
  names  = ["a", "b"]
  pool   = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory = NUMBER
}
--- modules/@m/main.tf
variable "names" { type = set(string) }
variable "pool" {}
variable "memory" {}
module "in" {
  for_each = var.names
  source   = "./in"
  spec     = { name = each.key, memory = var.memory }
  pool     = var.pool
}
output "names" { value = [for m in module.in : m.name] }
--- modules/@m/in/main.tf
variable "spec" {
  type = object({ name = string, memory = number, cpus = optional(number, 2) })
}
variable "pool" { nullable = false }
resource "vsphere_virtual_machine" "@vm" {
  name             = "@${var.spec.name}"
  resource_pool_id = var.pool
  memory           = var.spec.memory
  num_cpus         = var.spec.cpus
}
output "name" { value = vsphere_virtual_machine.@vm.name }

### VM beside a module, made of its outputs
module "@m" {
  source = "./modules/@m"
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "${module.@m.names[0]}-2"
  resource_pool_id = module.@m.pool
  memory           = sum(values(module.@m.sizes))
  num_cpus         = length(module.@m.names)
}
--- modules/@m/main.tf
data "vsphere_compute_cluster" "c" { name = "@cluster" }
resource "vsphere_virtual_machine" "@in" {
  for_each         = { a = 1024, b = 2048 }
  name             = "@${each.key}"
  resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
  memory           = each.value
}
output "names" { value = [for vm in vsphere_virtual_machine.@in : vm.name] }
output "sizes" { value = { for k, vm in vsphere_virtual_machine.@in : k => vm.memory } }
output "pool" { value = data.vsphere_compute_cluster.c.resource_pool_id }

### module with another provider
provider "vsphere" {
  alias          = "@other"
  vsphere_server = "other.lab"
}
module "@m" {
  source    = "./modules/@m"
  providers = { vsphere.target = vsphere.@other }
}
--- modules/@m/main.tf
terraform {
  required_providers {
    vsphere = {
      source                = "hashicorp/vsphere"
      configuration_aliases = [vsphere.target]
    }
  }
}
data "vsphere_compute_cluster" "c" {
  provider = vsphere.target
  name     = "@cluster"
}
resource "vsphere_virtual_machine" "@vm" {
  provider         = vsphere.target
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.c.resource_pool_id
}

### module that makes no VM
module "@m" {
  source = "./modules/@m"
  env    = "prod"
}
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory           = module.@m.memory
}
--- modules/@m/main.tf
variable "env" {}
locals { sizes = { prod = 65536, test = 1024 } }
output "memory" { value = local.sizes[var.env] }

### module with count 0
module "@m" {
  count  = 0
  source = "./modules/@m"
}
--- modules/@m/main.tf
resource "vsphere_virtual_machine" "@vm" {
  name             = "@vm"
  resource_pool_id = "resgroup-1"
}

### module that is used twice
module "@m1" {
  source = "./modules/@m"
  name   = "one"
}
module "@m2" {
  source     = "./modules/@m"
  name       = "two"
  depends_on = [module.@m1]
}
--- modules/@m/main.tf
variable "name" { default = "none" }
resource "vsphere_virtual_machine" "@vm" {
  name             = "@${var.name}"
  resource_pool_id = "resgroup-1"
}

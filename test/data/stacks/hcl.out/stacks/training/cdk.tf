terraform {
required_providers {
  vsphere = {
version = "2.15.0"
source = "vmware/vsphere"
}
}
backend "local" {
path = "terraform.training.tfstate"
}


}

provider "vsphere" {
user = "u"
}

variable "n" {
default = 2
type = number
}
resource "vsphere_virtual_machine" "w" {
extra_config = {
"pciPassthru.use64bitMMIO" = "TRUE"
x = "a$${b}"
}
memory = 65536
memory_reservation = 65536
name = "w-${count.index}"
resource_pool_id = "${data.terraform_remote_state.cross-stack-reference-input-platform.outputs.cross-stack-output-datavsphere_compute_clustercresource_pool_id}"
clone {
template_uuid = "42-t"
}
disk {
label = "d"
size = 10
}
network_interface {
network_id = "network-1"
}
count = "${var.n}"
lifecycle {
  create_before_destroy = true
  ignore_changes = [
"clone",
]
}
}
resource "vsphere_virtual_machine" "x" {
name = "x"
resource_pool_id = "${data.terraform_remote_state.cross-stack-reference-input-platform.outputs.cross-stack-output-datavsphere_compute_clustercresource_pool_id}"
disk {
label = "d"
size = 10
}
network_interface {
network_id = "network-1"
}
depends_on = [
"vsphere_virtual_machine.w",
]
}
data "terraform_remote_state" "cross-stack-reference-input-platform" {
backend = "local"
workspace = "${terraform.workspace}"
config = {
path = "terraform.platform.tfstate"
}
}
data "vsphere_compute_cluster" "c" {
  name = "gpu"
}

resource "passthru_template" "t" {
  source_template_uuid = "42-plain"
  name                 = "t-new"
  device {
    allowed = ["10de:20f1"]
    label   = "New"
  }
}

resource "vsphere_virtual_machine" "a" {
  name               = "llm"
  resource_pool_id   = data.vsphere_compute_cluster.c.resource_pool_id
  firmware           = "efi"
  memory             = 65536
  memory_reservation = 65536
  clone {
    template_uuid = passthru_template.t.uuid
  }
}

# Terraform does with a what it does with this.
resource "terraform_data" "registration" {
  input = vsphere_virtual_machine.a.uuid
  lifecycle {
    create_before_destroy = true
  }
}

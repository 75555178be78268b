resource "vsphere_virtual_machine" "train" {
  count = 3
}

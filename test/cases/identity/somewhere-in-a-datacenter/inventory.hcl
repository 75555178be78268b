cluster "c1" {
  datacenter = "dc-1"
  drs {}
  host "n1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:10:00.0" {
      id = "10de:20f1"
    }
  }
  template "gpu-one" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}
cluster "c2" {
  datacenter = "dc-2"
  drs {}
  host "m1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
  }
}

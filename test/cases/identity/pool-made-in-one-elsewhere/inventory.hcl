cluster "gpu" {
  datacenter = "dc-1"
  drs {}
  host "a1" {
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

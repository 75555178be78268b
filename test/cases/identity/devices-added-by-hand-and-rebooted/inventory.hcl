cluster "gpu" {
  datacenter = "dc-1"
  ha {
    host_failures_to_tolerate = 1
    admission_control         = "disabled"
  }
  drs {}
  host "a1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:10:00.0" {
      id = "10de:20f1"
    }
  }
  host "a2" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:10:00.0" {
      id = "10de:20f1"
    }
  }
  vm "a" {
    host      = "a1"
    memory_mb = 65536
    devices   = ["0000:10:00.0"]
  }
  vm "b" {
    host      = "a2"
    memory_mb = 65536
    devices   = ["0000:10:00.0"]
  }
}

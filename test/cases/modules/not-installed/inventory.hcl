cluster "gpu" {
  drs {}
  ha {
    host_failures_to_tolerate = 1
    cpu_percent               = 25
    memory_percent            = 25
  }
  host "esx-[1-3]" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    devices "10de:20f1" {
      count = 2
    }
  }
  template "ubuntu-a100" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}

cluster "gpu" {
  drs {}
  host "h1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:10:00.0" {
      id = "10de:20f1"
    }
  }
  vm "gold" {
    host      = "h1"
    memory_mb = 65536
    devices   = ["0000:10:00.0"]
  }
  template "gpu-one" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}

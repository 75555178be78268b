cluster "gpu" {
  drs {}
  ha {
    host_failures_to_tolerate = 1
    cpu_percent               = 25
    memory_percent            = 25
  }
  host "esx-1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    device "0000:3b:00.0" {
      id = "10de:20f1"
    }
  }
  host "esx-[2-4]" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    devices "10de:20f1" {
      count = 2
    }
  }
  vm "train" {
    host                  = "esx-1"
    memory_mb             = 65536
    memory_reservation_mb = 65536
    devices               = ["0000:3b:00.0"]
  }
  vm "db" {
    host      = "esx-2"
    memory_mb = 4096
  }
  template "ubuntu-a100" {
    device {
      allowed = ["10de:20f1"]
    }
  }
  template "ubuntu" {}
}

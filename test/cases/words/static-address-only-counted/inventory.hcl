cluster "gpu" {
  drs {}
  host "esx-1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
    devices "10de:20f1" {
      count = 2
    }
    device "0000:5e:00.0" {
      id                = "15b3:1019"
      virtual_functions = 8
    }
  }
  host "esx-2" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 524288
  }
  template "ubuntu-a100" {
    device {
      allowed = ["10de:20f1"]
    }
  }
  template "ubuntu" {}
}

cluster "gpu" {
  id = "domain-c8"
  resource_pool_id = "resgroup-9"
  drs {
    automation_level = "fullyAutomated"
  }
  host "esx-1.lab" {
    esxi = "8.0.2"
    cpu_mhz = 100000
    memory_mb = 524288
    id = "host-21"
    device "0000:10:00.0" {
      id = "10de:20f1"
    }
  }
  host "esx-2.lab" {
    esxi = "8.0.2"
    cpu_mhz = 100000
    memory_mb = 524288
    id = "host-22"
    device "0000:10:00.0" {
      id = "10de:20f1"
    }
  }
  vm "train-1" {
    host = "esx-1.lab"
    memory_mb = 65536
    devices = ["0000:10:00.0"]
    request {
      allowed = ["10de:20f1"]
      label = "gone"
    }
  }
  template "t1" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}

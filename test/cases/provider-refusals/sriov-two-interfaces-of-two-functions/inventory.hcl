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
    device "0000:3b:00.0" {
      id="15b3:101d"
      virtual_functions=2
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
  template "t1" {
  }
}

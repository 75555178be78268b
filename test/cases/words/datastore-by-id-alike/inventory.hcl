cluster "gpu" {
  drs {}
  ha {
    host_failures_to_tolerate = 1
    admission_control         = "disabled"
  }

  host "esx-1" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 262144
    datastores = ["fast"]
    device "0000:3b:00.0" {
      id = "10de:20f1"
    }
  }

  host "esx-2" {
    esxi      = "8.0.2"
    cpu_mhz   = 100000
    memory_mb = 262144
    datastores = ["fast"]
    device "0000:3b:00.0" {
      id = "10de:20f1"
    }
  }

  template "golden" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}
